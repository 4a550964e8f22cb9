/** @file What the engine process is told of memory that is free. */

/**
 * glibc gives allocations of the first size and more back to the system at once, and of smaller ones what lies free beyond the
 * second at the end of its heap. By default it comes to keep blocks of up to 32 MiB, which is what tensors are, and a model
 * then takes 1.3 times its weights in float32; gave it back all that it can, every run would touch new pages, which on a
 * virtual machine take longer than the run (docs/decisions/2026-11-29-processor-time.md). For the same reason it asks for pages of
 * 2 MiB, which Linux gives where it is asked; a glibc that has no such setting (before 2.35) leaves it unread.
 */
export const MEMORY_KEPT = {
  MALLOC_MMAP_THRESHOLD_: String(2 ** 23),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 26),
  GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
}
