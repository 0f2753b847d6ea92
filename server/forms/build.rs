//! The built-in forms are compiled in; a new or changed file there must build this crate again.

fn main() {
    println!("cargo::rerun-if-changed=../../forms");
}
