use maud::{Markup, html};

/// The time left as a ring around minutes and seconds. It changes without moving anything and is
/// not read out as it runs. `hundredths` is what is left of the whole, `text` e.g. `22:14`.
pub fn time_ring(hundredths: u32, text: &str) -> Markup {
    let class = if hundredths < 17 { "ring ring--low" } else { "ring" };
    html! {
        p class=(class) {
            svg viewBox="0 0 64 64" aria-hidden="true" {
                circle cx="32" cy="32" r="29" {}
                circle cx="32" cy="32" r="29" pathLength="100" stroke-dasharray={ (hundredths) " 100" }
                    transform="rotate(-90 32 32)" {}
            }
            span { (text) }
        }
    }
}
