//! The HTML part. Mail programs drop style sheets, so every element carries its own style.

use i18n::Texts;

use super::blocks::Block;

const BODY: &str = "margin:0;padding:24px 12px;background:#fbfaf6;color:#17222b;\
    font-family:Inter,system-ui,'Segoe UI',Roboto,'Noto Sans','Noto Sans Arabic',sans-serif;font-size:17px;line-height:1.55";
const SHEET: &str =
    "max-width:608px;margin:0 auto;padding:28px 24px;background:#ffffff;border:1px solid #d9dcd6;border-radius:10px";
const HEADING: &str = "margin:0 0 20px;font-size:21px;line-height:1.3";
const PARAGRAPH: &str = "margin:0 0 16px";
const STEPS: &str = "margin:0 0 16px;padding-inline-start:28px";
const BUTTON: &str = "display:inline-block;padding:12px 20px;background:#0b4f5f;color:#ffffff;\
    font-weight:600;text-decoration:none;border-radius:10px";
const SMALL: &str = "margin:0 0 16px;font-size:14px;color:#4a5965";
const ADDRESS: &str = "word-break:break-all;unicode-bidi:isolate";
const FIGURES: &str = "margin:0 0 16px;padding:14px 0;background:#e3eff1;border-radius:10px;text-align:center;\
    font-size:32px;line-height:1.3;font-weight:700;letter-spacing:0.12em";
const FOOTER: &str = "margin:24px 0 0;padding-top:16px;border-top:1px solid #d9dcd6;font-size:14px;color:#4a5965";

pub(super) fn render(blocks: &[Block], subject: &str, texts: &Texts) -> String {
    let language = texts.language();
    let subject = escaped(subject);
    let body: String = blocks.iter().map(|block| element(block, texts)).collect();
    format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{subject}</title>\n</head>\n\
         <body style=\"{BODY}\">\n<div style=\"{SHEET}\">\n<h1 style=\"{HEADING}\">{subject}</h1>\n{body}</div>\n\
         </body>\n</html>\n",
        language.tag(),
        language.dir(),
    )
}

fn element(block: &Block, texts: &Texts) -> String {
    match block {
        Block::Paragraph(text) => format!("<p style=\"{PARAGRAPH}\">{}</p>\n", escaped(text)),
        Block::Link { label, address } => {
            let address = escaped(address);
            format!(
                "<p style=\"{PARAGRAPH}\"><a href=\"{address}\" style=\"{BUTTON}\">{}</a></p>\n\
                 <p style=\"{SMALL}\">{}<br><span dir=\"ltr\" style=\"{ADDRESS}\">{address}</span></p>\n",
                escaped(label),
                escaped(texts.get("mail.link-hint")),
            )
        }
        Block::Figures(figures) => format!("<p dir=\"ltr\" style=\"{FIGURES}\">{}</p>\n", escaped(figures)),
        Block::Steps { lead, steps } => {
            // A form may be written in another language than the mail.
            let items: String = steps.iter().map(|step| format!("<li dir=\"auto\">{}</li>\n", escaped(step))).collect();
            format!("<p style=\"{PARAGRAPH}\">{}</p>\n<ol style=\"{STEPS}\">\n{items}</ol>\n", escaped(lead))
        }
        Block::Footer(text) => format!("<p style=\"{FOOTER}\">{}</p>\n", escaped(text)),
    }
}

/// Text as HTML, also good inside a quoted attribute.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(character),
        }
    }
    html
}
