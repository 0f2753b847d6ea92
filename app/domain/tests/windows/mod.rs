//! A model of several windows on one draft and of the network between them and the server, for
//! tests: the same acts drive the merging alone and the whole server with its storage.

use std::collections::{BTreeMap, BTreeSet};

use domain::autosave::{Acknowledgement, Window};
use domain::merge::{Changes, Stored};

/// The fields that are typed in.
pub const FIELDS: [&str; 3] = ["start.filler-name", "start.filler-relation", "start.filler-phone"];
/// How many windows there are.
pub const WINDOWS: usize = 3;

/// What happens next in one of the windows.
#[derive(Clone, Copy, Debug)]
pub struct Act {
    pub window: usize,
    pub field: usize,
    pub what: What,
}

#[derive(Clone, Copy, Debug)]
pub enum What {
    /// Another text is typed in the field.
    Type,
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
    /// Any three bytes are an act.
    pub fn from_bytes([window, field, what]: [u8; 3]) -> Self {
        const WHATS: [What; 12] = [
            What::Type,
            What::Type,
            What::Type,
            What::Type,
            What::Save,
            What::Save,
            What::LoseRequest,
            What::LoseAnswer,
            What::DelayAnswer,
            What::DelayRequest,
            What::Arrive,
            What::Crash,
        ];
        Self {
            window: usize::from(window) % WINDOWS,
            field: usize::from(field) % FIELDS.len(),
            what: WHATS[usize::from(what) % WHATS.len()],
        }
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
    fn look(&mut self) {
        for field in FIELDS {
            let texts = [Some(self.window.answers.text(field)), self.window.contested.get(field).map(String::as_str)];
            let shown = self.shown.entry(field.to_owned()).or_default();
            shown.extend(texts.into_iter().flatten().map(str::to_owned));
        }
    }
}

/// Lets `acts` happen. `save` merges changes durably and answers what is stored then.
///
/// # Errors
/// Says which text has gone from the server although the window whose save replaced it had never
/// shown it, or which window still differs from the server when all has been saved.
pub fn run(acts: &[Act], save: &mut dyn FnMut(&Changes) -> Stored) -> Result<(), String> {
    let mut windows: Vec<Watched> = (0..WINDOWS).map(|_| Watched::default()).collect();
    windows.iter_mut().for_each(Watched::look);
    let mut server = Server { save, alive: BTreeMap::new() };
    for (count, act) in acts.iter().enumerate() {
        step(&mut windows[act.window], act, count, &mut server)?;
    }
    for watched in &mut windows {
        while !watched.under_way.is_empty() {
            arrive(watched, &mut server)?;
        }
        deliver(watched, &mut server)?;
        let left = watched.window.unsaved();
        if !left.is_empty() {
            return Err(format!("after a save that was answered, {left:?} is unsaved"));
        }
    }
    Ok(())
}

fn step(watched: &mut Watched, act: &Act, count: usize, server: &mut Server<'_>) -> Result<(), String> {
    match act.what {
        What::Type => watched.window.answers.set(FIELDS[act.field], &format!("text {count}")),
        What::Save => deliver(watched, server)?,
        What::LoseRequest => drop(watched.window.changes()),
        What::LoseAnswer => {
            let sent = watched.window.changes();
            server.take(&sent, watched)?;
        }
        What::DelayAnswer => {
            let sent = watched.window.changes();
            let stored = server.take(&sent, watched)?;
            let answer = Acknowledgement::of(&stored, &sent);
            watched.under_way.push(UnderWay::Answer(sent, answer));
        }
        What::DelayRequest => {
            let sent = watched.window.changes();
            watched.under_way.push(UnderWay::Request(sent));
        }
        What::Arrive => arrive(watched, server)?,
        What::Crash => {
            let stored = server.take(&Changes::default(), watched)?;
            watched.window = Window::open(stored.answers.clone(), stored.revision, stored.contested());
            // What was sent before may still arrive, but nobody waits for an answer.
            watched.under_way.retain(|it| matches!(it, UnderWay::Request(_)));
        }
    }
    watched.look();
    Ok(())
}

fn deliver(watched: &mut Watched, server: &mut Server<'_>) -> Result<(), String> {
    let sent = watched.window.changes();
    let stored = server.take(&sent, watched)?;
    watched.window.acknowledge(&sent, Acknowledgement::of(&stored, &sent));
    watched.look();
    Ok(())
}

fn arrive(watched: &mut Watched, server: &mut Server<'_>) -> Result<(), String> {
    match watched.under_way.pop() {
        Some(UnderWay::Request(sent)) => server.take(&sent, watched).map(drop),
        Some(UnderWay::Answer(sent, answer)) => {
            watched.window.acknowledge(&sent, answer);
            watched.look();
            Ok(())
        }
        None => Ok(()),
    }
}

struct Server<'s> {
    save: &'s mut dyn FnMut(&Changes) -> Stored,
    /// The texts that the server has taken and nobody has knowingly replaced.
    alive: BTreeMap<String, BTreeSet<String>>,
}

impl Server<'_> {
    fn take(&mut self, sent: &Changes, watched: &Watched) -> Result<Stored, String> {
        let stored = (self.save)(sent);
        for (field, text) in &sent.fields {
            let alive = self.alive.entry(field.clone()).or_default();
            let kept = kept(&stored, field);
            // A text that the window had only read, or had typed before, need not come back.
            if kept.contains(text) {
                alive.insert(text.clone());
            }
            let shown = &watched.shown[field];
            if let Some(lost) = alive.iter().find(|text| !kept.contains(*text) && !shown.contains(*text)) {
                return Err(format!("`{lost}` went from {field} unseen: {kept:?} after {sent:?}"));
            }
            alive.retain(|text| kept.contains(text));
        }
        Ok(stored)
    }
}

/// All texts kept for `field`: what stands in it and what else the person is asked about.
pub fn kept(stored: &Stored, field: &str) -> Vec<String> {
    let mut stored = stored.clone();
    let mut texts = vec![stored.answers.text(field).to_owned()];
    while let Some(other) = stored.contested().remove(field) {
        texts.push(other);
        stored.settle(field, stored.revision);
    }
    texts
}
