use super::blocks::Block;

/// The text part. Lines are left to the mail program to wrap.
pub(super) fn render(blocks: &[Block]) -> String {
    let parts: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) => text.clone(),
            Block::Link { label, address } => format!("{label}:\n{address}"),
            Block::Figures(figures) => figures.clone(),
            // The signature separator of RFC 3676, section 4.3.
            Block::Footer(text) => format!("-- \n{text}"),
        })
        .collect();
    parts.join("\n\n") + "\n"
}
