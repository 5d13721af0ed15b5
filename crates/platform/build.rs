//! The texts are read when the crate is compiled: a file that is new in their folders makes it compile again.
fn main() {
    println!("cargo::rerun-if-changed=locales");
}
