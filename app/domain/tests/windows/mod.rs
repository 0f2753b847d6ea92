//! A model of several windows on one draft and of the network between them and the server, for
//! tests: the same acts drive the merging alone and the whole server with its storage.

use std::collections::{BTreeMap, BTreeSet};

use domain::answers::Answers;
use domain::autosave::{Acknowledgement, Window};
use domain::form::Form;
use domain::merge::{Changes, Fingerprint, Origin, Stored, WindowId};

/// The fields that are typed in, outside of rows and in each row of the group.
pub const FIELDS: [&str; 4] = ["start.filler-name", "start.filler-phone", "trip.arrival-day", "trip.arrival-month"];
pub const GROUP: &str = "you.guardians";
pub const IN_ROW: [&str; 2] = ["given-names", "surname"];
/// How many windows there are.
pub const WINDOWS: usize = 3;

/// What happens next in one of the windows.
#[derive(Clone, Copy, Debug)]
pub struct Act {
    pub window: usize,
    pub what: What,
    /// Picks the field, and the row of those that are shown.
    pub at: u8,
    /// Picks what is typed: sometimes nothing, sometimes what others type too.
    pub text: u8,
}

#[derive(Clone, Copy, Debug)]
pub enum What {
    /// Another text is typed in a field.
    Type,
    AddRow,
    /// One of the rows that are shown is taken out.
    RemoveRow,
    /// The row that was taken out last is put back.
    PutRowBack,
    Save,
    /// A save never reaches the server.
    LoseRequest,
    /// A save is stored, and the window never hears of it.
    LoseAnswer,
    /// A save is stored, and the answer comes when it may.
    DelayAnswer,
    /// A save comes to the server when it may, after what is sent later.
    DelayRequest,
    /// The latest of what is under way arrives.
    Arrive,
    /// The browser is killed and the page opened again.
    Crash,
}

impl Act {
    /// Any four bytes are an act.
    pub fn from_bytes([window, what, at, text]: [u8; 4]) -> Self {
        const WHATS: [What; 16] = [
            What::Type,
            What::Type,
            What::Type,
            What::Type,
            What::Type,
            What::AddRow,
            What::RemoveRow,
            What::PutRowBack,
            What::Save,
            What::Save,
            What::LoseRequest,
            What::LoseAnswer,
            What::DelayAnswer,
            What::DelayRequest,
            What::Arrive,
            What::Crash,
        ];
        Self { window: usize::from(window) % WINDOWS, what: WHATS[usize::from(what) % WHATS.len()], at, text }
    }

    /// The text that is typed by the act number `count`.
    fn typed(self, count: usize) -> String {
        match self.text % 8 {
            0 => String::new(),
            1 | 2 => "A".to_owned(),
            3 => "B".to_owned(),
            _ => format!("text {count}"),
        }
    }

    fn field(self, window: &Window) -> String {
        let row = self.row(window).filter(|_| self.text.is_multiple_of(2));
        let at = usize::from(self.at);
        row.map_or_else(|| FIELDS[at % FIELDS.len()].to_owned(), |row| format!("{row}.{}", IN_ROW[at % IN_ROW.len()]))
    }

    fn row(self, window: &Window) -> Option<String> {
        let rows: Vec<&str> = window.answers.rows(GROUP).collect();
        let row = rows.get(usize::from(self.at / 2) % rows.len().max(1))?;
        Some(format!("{GROUP}.{row}"))
    }
}

enum UnderWay {
    Request(Changes),
    Answer(Changes, Acknowledgement),
}

/// One window, with all that anybody could have read in it.
#[derive(Default)]
struct Watched {
    window: Window,
    shown: BTreeMap<String, BTreeSet<String>>,
    under_way: Vec<UnderWay>,
}

impl Watched {
    /// A page that is opened: nobody waits any more for answers to what was sent before.
    fn open(&mut self, id: u64, stored: &Stored, form: &Form) {
        self.window = Window::open(
            Origin { window: WindowId(id), number: 0 },
            stored.answers.clone(),
            stored.revision,
            stored.contested(),
        );
        self.under_way.retain(|it| matches!(it, UnderWay::Request(_)));
        self.look(form);
    }

    fn look(&mut self, form: &Form) {
        let answers = &self.window.answers;
        let is_listed = |row: &str| answers.has_row(row);
        let contested = self.window.contested.iter().map(|(field, text)| (field.as_str(), text.as_str()));
        let texts = answers.iter().chain(contested);
        let texts = texts.filter(|(field, _)| form.row_of(field).is_none_or(is_listed));
        let texts = texts.map(|(field, text)| (field.to_owned(), text.to_owned()));
        texts.for_each(|(field, text)| _ = self.shown.entry(field).or_default().insert(text));
    }

    fn has_shown(&self, field: &str, text: &str) -> bool {
        text.is_empty() || self.shown.get(field).is_some_and(|shown| shown.contains(text))
    }
}

/// Lets `acts` happen to a draft of `form`. `save` merges changes durably and answers what is stored
/// then.
///
/// # Errors
/// Says which text has gone from the server although the window whose save replaced it had never
/// shown it, which was answered and is not there, which came back although it was overtaken, or
/// which window still differs from the server when all has been saved.
pub fn run(acts: &[Act], form: &Form, save: &mut dyn FnMut(&Changes) -> Stored) -> Result<(), String> {
    let mut server = Server {
        form,
        save,
        stored: Stored::default(),
        alive: BTreeMap::new(),
        heard: BTreeMap::new(),
        dates: [date(&Answers::default())].into(),
    };
    let mut windows: Vec<Watched> = (0..WINDOWS).map(|_| Watched::default()).collect();
    (0..).zip(&mut windows).for_each(|(id, watched)| watched.open(id, &server.stored, form));
    for (count, act) in acts.iter().enumerate() {
        step(&mut windows[act.window], *act, count, &mut server)?;
        windows[act.window].look(form);
        server.dates.insert(date(&windows[act.window].window.answers));
    }
    for watched in &mut windows {
        while !watched.under_way.is_empty() {
            arrive(watched, &mut server)?;
        }
        deliver(watched, &mut server)?;
    }
    for watched in &mut windows {
        deliver(watched, &mut server)?;
        let left = watched.window.unsaved();
        if !left.is_empty() {
            return Err(format!("after a save that was answered, {left:?} is unsaved"));
        }
        if watched.window.answers != server.stored.answers {
            return Err(format!(
                "in the end a window shows {:?} for {:?}",
                watched.window.answers, server.stored.answers
            ));
        }
    }
    Ok(())
}

fn step(watched: &mut Watched, act: Act, count: usize, server: &mut Server<'_>) -> Result<(), String> {
    let window = &mut watched.window;
    match act.what {
        What::Type => {
            let field = act.field(window);
            window.answers.set(&field, &act.typed(count));
        }
        What::AddRow => window.answers.add_row(&format!("{GROUP}.r{count}")),
        What::RemoveRow => act.row(window).into_iter().for_each(|row| window.remove_row(&row)),
        What::PutRowBack => {
            let latest = window.taken_out.last().map(|taken| taken.row.clone());
            latest.into_iter().for_each(|row| window.put_row_back(&row));
        }
        What::Save => deliver(watched, server)?,
        What::LoseRequest => drop(window.changes(server.form)),
        What::LoseAnswer => {
            let sent = window.changes(server.form);
            server.take(&sent, watched)?;
        }
        What::DelayAnswer => {
            let sent = window.changes(server.form);
            let answer = server.take(&sent, watched)?;
            watched.under_way.push(UnderWay::Answer(sent, answer));
        }
        What::DelayRequest => {
            let sent = window.changes(server.form);
            watched.under_way.push(UnderWay::Request(sent));
        }
        What::Arrive => arrive(watched, server)?,
        What::Crash => watched.open(1000 + count as u64, &server.stored, server.form),
    }
    Ok(())
}

fn deliver(watched: &mut Watched, server: &mut Server<'_>) -> Result<(), String> {
    let sent = watched.window.changes(server.form);
    let answer = server.take(&sent, watched)?;
    watched.window.acknowledge(&sent, answer, server.form);
    watched.look(server.form);
    Ok(())
}

fn arrive(watched: &mut Watched, server: &mut Server<'_>) -> Result<(), String> {
    match watched.under_way.pop() {
        Some(UnderWay::Request(sent)) => {
            let answer = server.take(&sent, watched)?;
            // Of a page that is gone nobody waits for the answer.
            if sent.origin.map(|origin| origin.window) == Some(watched.window.id()) {
                watched.under_way.push(UnderWay::Answer(sent, answer));
            }
            Ok(())
        }
        Some(UnderWay::Answer(sent, answer)) => {
            watched.window.acknowledge(&sent, answer, server.form);
            watched.look(server.form);
            Ok(())
        }
        None => Ok(()),
    }
}

struct Server<'s> {
    form: &'s Form,
    save: &'s mut dyn FnMut(&Changes) -> Stored,
    /// As it was answered last.
    stored: Stored,
    /// The texts that the server has taken and nobody has knowingly replaced.
    alive: BTreeMap<String, BTreeSet<String>>,
    /// The last save of each window that has arrived.
    heard: BTreeMap<u64, u32>,
    /// The dates that somebody has seen in a window.
    dates: BTreeSet<[String; 2]>,
}

impl Server<'_> {
    fn take(&mut self, sent: &Changes, watched: &Watched) -> Result<Acknowledgement, String> {
        let stored = (self.save)(sent);
        if self.is_overtaken(sent) {
            if (&stored.answers, stored.contested()) != (&self.stored.answers, self.stored.contested()) {
                return Err(format!("{sent:?} was overtaken and changed {:?} to {stored:?}", self.stored));
            }
        } else {
            self.has_all(sent, &stored)?;
        }
        for (field, alive) in &mut self.alive {
            let kept = shown_of(&stored, self.form, field);
            if let Some(lost) = alive.iter().find(|text| !kept.contains(text) && !watched.has_shown(field, text)) {
                return Err(format!("`{lost}` went from {field} unseen: {kept:?} after {sent:?}"));
            }
            alive.retain(|text| kept.contains(text));
        }
        if !self.dates.contains(&date(&stored.answers)) {
            return Err(format!("nobody has typed the date {:?} after {sent:?}", date(&stored.answers)));
        }
        self.stored = stored;
        Ok(Acknowledgement::of(&self.stored, sent))
    }

    fn is_overtaken(&mut self, sent: &Changes) -> bool {
        sent.origin.is_some_and(|origin| {
            let heard = self.heard.entry(origin.window.0).or_default();
            let is_overtaken = origin.number <= *heard;
            *heard = origin.number.max(*heard);
            is_overtaken
        })
    }

    /// Every text that was typed in the window is kept where somebody sees it.
    fn has_all(&mut self, sent: &Changes, stored: &Stored) -> Result<(), String> {
        for (field, text) in sent.fields.iter().filter(|(field, _)| !self.form.is_group(field)) {
            let is_typed = sent.read.get(field).and_then(|known| known.first()) != Some(&Fingerprint::of(text));
            let is_kept = shown_of(stored, self.form, field).contains(text);
            if is_typed && !is_kept && !text.is_empty() {
                return Err(format!("`{text}` was answered and is not in {field} after {sent:?}: {stored:?}"));
            }
            if is_kept {
                self.alive.entry(field.clone()).or_default().insert(text.clone());
            }
        }
        Ok(())
    }
}

fn date(answers: &Answers) -> [String; 2] {
    ["trip.arrival-day", "trip.arrival-month"].map(|part| answers.text(part).to_owned())
}

/// The texts kept for `field`, unless it is in a row that is not shown.
fn shown_of(stored: &Stored, form: &Form, field: &str) -> Vec<String> {
    let is_shown = form.row_of(field).is_none_or(|row| stored.answers.has_row(row));
    if is_shown { kept(stored, form, field) } else { Vec::new() }
}

/// All texts kept for `field`: what stands in it and what else the person is asked about.
pub fn kept(stored: &Stored, form: &Form, field: &str) -> Vec<String> {
    let mut stored = stored.clone();
    let mut texts = vec![stored.answers.text(field).to_owned()];
    let place = form.date_of(field).unwrap_or(field);
    while let Some(other) = stored.settle(place, stored.revision, form).remove(field) {
        texts.push(other);
    }
    texts
}
