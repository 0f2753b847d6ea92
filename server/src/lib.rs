//! The server: reads the settings, puts the parts together, answers requests and does the work
//! that nobody waits for.

pub mod anchors;
pub mod assets;
pub mod commands;
pub mod config;
pub mod cookies;
pub mod editions;
pub mod extract;
pub mod jobs;
pub mod middleware;
pub mod readiness;
pub mod render;
pub mod routes;
pub mod serve;
pub mod state;
pub mod system;
pub mod wiring;
