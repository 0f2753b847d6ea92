/// Gives the memory of a burst of requests back, which the system's allocator keeps per thread.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    server::commands::run()
}
