use super::blocks::Block;

/// The text part. Lines are left to the mail program to wrap.
pub(super) fn render(blocks: &[Block]) -> String {
    let parts: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) => text.clone(),
            Block::Link { label, address } => format!("{label}:\n{address}"),
            Block::Figures(figures) => figures.clone(),
            Block::Steps { lead, steps } => {
                let numbered = steps.iter().enumerate().map(|(index, step)| format!("{}. {step}", index + 1));
                [lead.clone()].into_iter().chain(numbered).collect::<Vec<_>>().join("\n")
            }
            // The signature separator of RFC 3676, section 4.3.
            Block::Footer(text) => format!("-- \n{text}"),
        })
        .collect();
    parts.join("\n\n") + "\n"
}
