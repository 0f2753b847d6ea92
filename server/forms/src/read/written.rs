//! A form and its texts as written: the parts that could be read, each with its place.

use std::collections::BTreeMap;

use domain::condition::Condition;
use domain::date::DateRule;
use domain::form::{Fee, Form, Kind, Page, Question};
use domain::pack::{FormTexts, PageTexts, QuestionTexts, StartTexts, SubmittedTexts};
use toml_span::Span;
use toml_span::span::Spanned;

/// A name and its place.
pub type Named = Spanned<String>;

/// What stands in `form.toml`. A part that is missing or unreadable is `None` and was noted.
#[derive(Debug)]
pub struct WrittenForm {
    pub service: Option<Named>,
    pub version: Option<Spanned<u32>>,
    pub keep_days: Option<Spanned<u16>>,
    pub minutes: Option<Spanned<(u16, u16)>>,
    pub draft_title: Vec<Named>,
    pub fees: Vec<WrittenFee>,
    pub pages: Vec<WrittenPage>,
}

#[derive(Debug)]
pub struct WrittenFee {
    /// The amount in hundredths.
    pub amount: Option<u32>,
    pub currency: Option<String>,
    pub when: Option<When>,
    pub span: Span,
}

#[derive(Debug)]
pub struct WrittenPage {
    pub id: Option<Named>,
    pub when: Option<When>,
    pub questions: Vec<WrittenQuestion>,
    pub span: Span,
}

#[derive(Debug)]
pub struct WrittenQuestion {
    pub id: Option<Named>,
    /// A group's kind holds no questions; they stand in `questions`.
    pub kind: Option<Kind>,
    pub optional: bool,
    pub when: Option<When>,
    pub autocomplete: Option<Named>,
    pub choices: Vec<Named>,
    /// The questions of a group.
    pub questions: Vec<WrittenQuestion>,
    /// The places of `earliest`, `latest`, `min`, `max` and `currency`.
    pub limits: BTreeMap<&'static str, Span>,
    pub span: Span,
}

/// A condition, and each question that it looks at.
#[derive(Debug)]
pub struct When {
    /// `None` when some part of it could not be read.
    pub condition: Option<Condition>,
    pub tests: Vec<Test>,
}

/// One look at one question.
#[derive(Debug)]
pub struct Test {
    pub question: Named,
    pub want: Want,
}

/// What a condition wants of an answer.
#[derive(Debug)]
pub enum Want {
    OneOf(Vec<Named>),
    Answered,
    BeforeOrAfter(Spanned<DateRule>),
    Age { on: Option<Spanned<DateRule>> },
}

/// What stands in the file of one language.
#[derive(Debug)]
pub struct WrittenTexts {
    pub title: String,
    pub start: StartTexts,
    pub submitted: SubmittedTexts,
    pub pages: Vec<(Named, PageTexts)>,
    pub questions: Vec<WrittenQuestionTexts>,
}

#[derive(Debug)]
pub struct WrittenQuestionTexts {
    pub question: Named,
    pub texts: QuestionTexts,
    pub row: Option<Span>,
    /// The name of each limit with its words.
    pub limits: Vec<(Named, Named)>,
    pub choices: Vec<Named>,
}

impl WrittenForm {
    /// The form; `None` when a part of it could not be read.
    pub fn form(&self) -> Option<Form> {
        Some(Form {
            service: self.service.as_ref()?.value.clone(),
            version: self.version.as_ref()?.value,
            keep_days: self.keep_days.as_ref()?.value,
            minutes: self.minutes.as_ref()?.value,
            draft_title: self.draft_title.iter().map(|question| question.value.clone()).collect(),
            fees: self.fees.iter().map(WrittenFee::fee).collect::<Option<_>>()?,
            pages: self.pages.iter().map(WrittenPage::page).collect::<Option<_>>()?,
        })
    }
}

impl WrittenFee {
    fn fee(&self) -> Option<Fee> {
        Some(Fee { amount: self.amount?, currency: self.currency.clone()?, when: condition(self.when.as_ref())? })
    }
}

impl WrittenPage {
    fn page(&self) -> Option<Page> {
        let questions = self.questions.iter().map(WrittenQuestion::question).collect::<Option<_>>()?;
        Some(Page { id: self.id.as_ref()?.value.clone(), when: condition(self.when.as_ref())?, questions })
    }
}

impl WrittenQuestion {
    fn question(&self) -> Option<Question> {
        let kind = match self.kind.clone()? {
            Kind::Group { min, max, .. } => {
                let questions = self.questions.iter().map(Self::question).collect::<Option<_>>()?;
                Kind::Group { questions, min, max }
            }
            kind => kind,
        };
        Some(Question {
            id: self.id.as_ref()?.value.clone(),
            kind,
            optional: self.optional,
            when: condition(self.when.as_ref())?,
            autocomplete: self.autocomplete.as_ref().map(|token| token.value.clone()),
        })
    }
}

impl WrittenTexts {
    /// The texts, in the language with the BCP 47 tag `language`.
    pub fn texts(&self, language: &str) -> FormTexts {
        let questions = self.questions.iter().map(|each| (each.question.value.clone(), each.texts.clone()));
        FormTexts {
            language: language.to_owned(),
            title: self.title.clone(),
            start: self.start.clone(),
            submitted: self.submitted.clone(),
            pages: self.pages.iter().map(|(page, texts)| (page.value.clone(), texts.clone())).collect(),
            questions: questions.collect(),
        }
    }
}

/// The outer option is `None` when there is a condition that could not be read.
fn condition(when: Option<&When>) -> Option<Option<Condition>> {
    match when {
        None => Some(None),
        Some(when) => when.condition.clone().map(Some),
    }
}
