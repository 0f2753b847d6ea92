//! All questions of a form in the order in which they are asked.

use domain::form::Kind;
use toml_span::Span;

use crate::read::{Named, When, WrittenForm, WrittenPage, WrittenQuestion};

/// The questions with a name, those in groups too.
pub struct Outline<'w> {
    pub places: Vec<Place<'w>>,
}

/// Where a question stands.
#[derive(Clone, Copy)]
pub struct Place<'w> {
    pub id: &'w Named,
    pub question: &'w WrittenQuestion,
    pub page: &'w WrittenPage,
    /// The group it is asked in.
    pub group: Option<&'w Named>,
}

/// From where a condition or a date rule looks at answers.
#[derive(Clone, Copy)]
pub struct Viewer<'w> {
    /// Questions before this position are asked by then.
    pub position: usize,
    pub group: Option<&'w Named>,
    /// Whether it is a page, and not the question at `position`.
    pub is_page: bool,
}

/// What a name means to a viewer.
pub enum Found<'o, 'w> {
    Earlier(&'o Place<'w>),
    /// The very question that looks.
    Itself,
    /// The group in which the looking question stands.
    Around,
    Later(&'o Place<'w>),
    /// It is asked in the rows of the group with this name.
    Inside(&'w Named),
    Nothing,
}

impl<'w> Outline<'w> {
    pub fn of(form: &'w WrittenForm) -> Self {
        let mut places = Vec::new();
        for page in &form.pages {
            for question in &page.questions {
                let Some(id) = &question.id else { continue };
                places.push(Place { id, question, page, group: None });
                let inner = question.questions.iter();
                let place = |inner: &'w WrittenQuestion| {
                    Some(Place { id: inner.id.as_ref()?, question: inner, page, group: Some(id) })
                };
                places.extend(inner.filter_map(place));
            }
        }
        Self { places }
    }

    /// Every condition, with where it looks from.
    pub fn conditions(&self, form: &'w WrittenForm) -> Vec<(&'w When, Viewer<'w>)> {
        let end = Viewer { position: self.places.len(), group: None, is_page: true };
        let fees = form.fees.iter().filter_map(|fee| Some((fee.when.as_ref()?, end)));
        let pages = form.pages.iter().filter_map(|page| Some((page.when.as_ref()?, self.page_viewer(page))));
        let questions = self.viewers().filter_map(|(place, viewer)| Some((place.question.when.as_ref()?, viewer)));
        fees.chain(pages).chain(questions).collect()
    }

    /// Every question, with where it looks from.
    pub fn viewers(&self) -> impl Iterator<Item = (&Place<'w>, Viewer<'w>)> {
        let viewer = |(position, place): (usize, &Place<'w>)| Viewer { position, group: place.group, is_page: false };
        self.places.iter().enumerate().map(move |(position, place)| (place, viewer((position, place))))
    }

    fn page_viewer(&self, page: &'w WrittenPage) -> Viewer<'w> {
        let position = self.places.iter().position(|place| place.page.span.start >= page.span.start);
        Viewer { position: position.unwrap_or(self.places.len()), group: None, is_page: true }
    }

    /// What `name` means: in a group first a question of the row, then one outside of groups.
    pub fn find(&self, name: &str, viewer: Viewer<'_>) -> Found<'_, 'w> {
        let group = viewer.group.map(|group| group.span);
        let in_group = |wanted: Option<Span>| {
            self.places.iter().position(|it| it.id.value == name && it.group.map(|group| group.span) == wanted)
        };
        let Some(position) = group.and_then(|group| in_group(Some(group))).or_else(|| in_group(None)) else {
            return self.inside(name).map_or(Found::Nothing, Found::Inside);
        };
        let place = &self.places[position];
        let is_itself = position == viewer.position && !viewer.is_page;
        match position < viewer.position {
            _ if is_itself => Found::Itself,
            _ if group == Some(place.id.span) => Found::Around,
            true => Found::Earlier(place),
            false => Found::Later(place),
        }
    }

    /// The group that has a question `name`, written with the group's name before it or without.
    fn inside(&self, name: &str) -> Option<&'w Named> {
        let inner = self.places.iter().find(|place| {
            place
                .group
                .is_some_and(|group| name == place.id.value || name == format!("{}.{}", group.value, place.id.value))
        });
        inner.and_then(|place| place.group)
    }

    /// The names that a viewer may use.
    pub fn visible(&self, viewer: Viewer<'_>) -> impl Iterator<Item = &'w str> {
        let group = viewer.group.map(|group| group.span);
        self.places[..viewer.position]
            .iter()
            .filter(move |place| place.group.is_none() || place.group.map(|it| it.span) == group)
            .map(|place| place.id.value.as_str())
    }
}

impl Place<'_> {
    /// The name of its texts: `passport.number`, or `children.name` in a group.
    pub fn text_name(&self) -> String {
        match self.group {
            Some(group) => format!("{}.{}", group.value, self.id.value),
            None => self.id.value.clone(),
        }
    }

    pub fn is_group(&self) -> bool {
        matches!(self.question.kind, Some(Kind::Group { .. }))
    }
}
