use leptos::prelude::*;

use crate::islands::wizard::{OpenPage, WizardPage};

/// A page of a draft. The form must be in the context.
pub fn wizard(open: OpenPage) -> AnyView {
    view! { <WizardPage open=open /> }.into_any()
}
