//! What the islands ask the server: server functions, and nothing else.

pub mod drafts;
