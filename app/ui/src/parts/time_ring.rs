use leptos::prelude::*;

/// The time left as a ring around minutes and seconds. It changes without moving anything and is
/// not read out as it runs.
#[component]
pub fn TimeRing(
    /// The part of the time that is left, from 0 to 1.
    fraction: f64,
    /// The time left, e.g. `22:14`.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    // In whole hundredths: that is finer than the eye sees, and formats with less code.
    let left = (fraction.clamp(0.0, 1.0) * 100.0) as u8;
    let class = if left < 17 { "ring ring--low" } else { "ring" };
    view! {
        <p class=class>
            <svg viewBox="0 0 64 64" aria-hidden="true">
                <circle cx="32" cy="32" r="29" />
                <circle
                    cx="32"
                    cy="32"
                    r="29"
                    pathLength="100"
                    stroke-dasharray=format!("{left} 100")
                    transform="rotate(-90 32 32)"
                />
            </svg>
            <span>{text}</span>
        </p>
    }
}
