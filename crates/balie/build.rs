//! How the program is linked.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux") {
        // What is to be adjusted to where the program is loaded, in a hundredth of the room: a megabyte less. It takes glibc
        // 2.36, as Debian 12 has; a linker that does not know it leaves it out.
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
