/// Gives the memory of a burst of requests back, which the system's allocator keeps per thread.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    give_memory_back_at_once();
    server::commands::run()
}

/// Without a delay. A page of 120 rows takes megabytes for some milliseconds, and hashing a password
/// 19: they would stay until the thread that freed them happens to have more to do.
#[expect(unsafe_code, reason = "the allocator's options have no safe interface")]
fn give_memory_back_at_once() {
    /// `mi_option_purge_delay` of mimalloc 2, in milliseconds.
    const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;
    // SAFETY: the function sets an integer and must not be called by two threads at once; no other
    // thread has been started yet.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, 0) }
}
