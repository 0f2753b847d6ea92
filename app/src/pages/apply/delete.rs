//! Asks before a draft is deleted for good.

use backend::applications::DraftEntry;
use backend::drafts::Draft;
use leptos::prelude::*;
use ui::edition::Edition;

use crate::pages::draft_words::draft_words;
use crate::paths::Path;
use crate::site::Site;

pub fn delete(site: &Site, edition: &'static Edition, draft: &Draft) -> AnyView {
    let t = &edition.texts;
    let to = |path: Path<'_>| path.within(site.language).to_string();
    let words = draft_words(site, Some(edition), &DraftEntry::from(draft));
    let title = (!words.title.is_empty()).then(|| view! { <p><bdi>{words.title}</bdi></p> });
    view! {
        <h1>{t.fill("wizard.delete-title", &[("service", &edition.pack.texts.title)])}</h1>
        {title}
        <p>{site.texts.fill("my.draft-started", &[("time", &site.time_text(draft.started))])}</p>
        <p class="lead">{t.get("wizard.delete-lead")}</p>
        <form method="post" action=to(Path::Delete(draft.id))>
            <div class="wizard__buttons">
                <button class="button button--danger">{t.get("wizard.delete-now")}</button>
                <a class="button button--secondary" href=to(Path::My)>{t.get("wizard.delete-keep")}</a>
            </div>
        </form>
    }
    .into_any()
}
