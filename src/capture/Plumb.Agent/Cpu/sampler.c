// The one piece of the agent that cannot be C#: what a signal handler does may neither allocate, lock nor wait for a collector.
//
// A timer of its own counts the CPU time of each thread and sends that thread a signal every so often. The handler notes where
// the thread is and copies the return addresses along the frame pointers into a ring that belongs to this thread alone; the
// agent's thread empties it. Nothing here has a name for managed code: that comes afterwards.
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

// The linker sends sigaction to a function that does nothing (signals.c); this is the real one.
int __real_sigaction(int number, const struct sigaction *action, struct sigaction *previous);

// The layout is that of Slot and Sample in CpuTimers.cs.
enum { WORDS = 32, FRAMES = 120, SAMPLES = 64, SCANNED_WORDS = 512 };

struct sample {
    uint64_t weight;        // periods since the last sample of this thread
    uint64_t frames;
    uint64_t words;
    uint64_t instruction;
    uint64_t word[WORDS];   // the stack's innermost words: return addresses of code without a frame are found there
    uint64_t frame[FRAMES]; // return addresses, innermost first
};

struct slot {
    uint64_t active;
    uint64_t written;
    uint64_t read;
    uint64_t lost;          // periods for which there was no room
    struct sample ring[SAMPLES];
};

static struct slot *slots;
static uint64_t slot_count;
static uint64_t main_top;
static struct sigaction before;
static int installed;

// The signal that the runtime itself stops its threads with (SIGRTMIN): it is held back wherever a thread is on a stack too small
// for a handler, which no other signal is.
static int number(void) { return SIGRTMIN; }

static struct slot *ours(const siginfo_t *info) {
    uintptr_t at = (uintptr_t)info->si_value.sival_ptr, first = (uintptr_t)slots;
    if (info->si_code != SI_TIMER || at < first || at >= first + slot_count * sizeof(struct slot) || (at - first) % sizeof(struct slot))
        return NULL;
    return (struct slot *)at;
}

static void pass_on(int signal, siginfo_t *info, void *context) {
    if (before.sa_flags & SA_SIGINFO)
        before.sa_sigaction(signal, info, context);
    else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN)
        before.sa_handler(signal);
}

// Above the stack pointer, memory is there up to this address. The C library keeps a thread's own data at the end of its stack,
// except for the first thread, whose stack the system made.
static uint64_t end_of_stack(uint64_t pointer) {
    const uint64_t most_main = 64ull << 20, most = 1ull << 30;
    uint64_t self = (uint64_t)pthread_self();
    if (pointer < main_top && main_top - pointer < most_main)
        return main_top;
    return pointer < self && self - pointer < most ? self : pointer;
}

static int is_frame(uint64_t frame, uint64_t lowest, uint64_t top) {
    return frame >= lowest && frame < top && top - frame >= 16 && frame % 8 == 0;
}

// Native code may keep other things in the frame pointer: then the first pair on the stack is taken that looks like a saved frame
// pointer with a return address, and whose frame does so again.
static uint64_t mended(uint64_t stack, uint64_t top) {
    for (uint64_t at = stack, i = 0; i < SCANNED_WORDS && top - at >= 16; at += 8, i++) {
        const uint64_t *pair = (const uint64_t *)at;
        if (!is_frame(pair[0], at + 16, top) || pair[1] < 0x10000 || (pair[1] >= stack && pair[1] < top))
            continue;
        uint64_t next = *(const uint64_t *)pair[0];
        if (next == 0 || is_frame(next, pair[0] + 16, top))
            return at;
    }
    return 0;
}

static void take(struct sample *sample, const ucontext_t *context) {
#if defined(__x86_64__)
    uint64_t instruction = (uint64_t)context->uc_mcontext.gregs[REG_RIP], frame = (uint64_t)context->uc_mcontext.gregs[REG_RBP];
    uint64_t stack = (uint64_t)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__)
    uint64_t instruction = context->uc_mcontext.pc, frame = context->uc_mcontext.regs[29], stack = context->uc_mcontext.sp;
#else
#error "no stack walk for this processor"
#endif
    uint64_t top = end_of_stack(stack), words = 0, frames = 0;
    sample->instruction = instruction;
    for (; words < WORDS && top - stack >= (words + 1) * 8; words++)
        sample->word[words] = ((const uint64_t *)stack)[words];
    if (!is_frame(frame, stack, top))
        frame = mended(stack, top);
    for (uint64_t lowest = stack; frames < FRAMES && is_frame(frame, lowest, top); frames++) {
        sample->frame[frames] = ((const uint64_t *)frame)[1];
        lowest = frame + 16;
        frame = *(const uint64_t *)frame;
    }
    sample->words = words;
    sample->frames = frames;
}

static void on_signal(int signal, siginfo_t *info, void *context) {
    struct slot *slot = ours(info);
    if (!slot) {
        pass_on(signal, info, context);
        return;
    }
    if (!__atomic_load_n(&slot->active, __ATOMIC_ACQUIRE))
        return;
    uint64_t weight = 1 + (info->si_overrun > 0 ? (uint64_t)info->si_overrun : 0);
    uint64_t written = slot->written;
    if (written - __atomic_load_n(&slot->read, __ATOMIC_ACQUIRE) >= SAMPLES) {
        __atomic_fetch_add(&slot->lost, weight, __ATOMIC_RELAXED);
        return;
    }
    struct sample *sample = &slot->ring[written % SAMPLES];
    sample->weight = weight;
    take(sample, context);
    __atomic_store_n(&slot->written, written + 1, __ATOMIC_RELEASE);
}

int plumb_cpu_install(void *memory, uint64_t count, uint64_t top) {
    struct sigaction action;
    slots = memory;
    slot_count = count;
    main_top = top;
    if (installed)
        return 0;
    if (__real_sigaction(number(), NULL, &before) != 0)
        return -1;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_signal;
    action.sa_mask = before.sa_mask;
    // Not on an alternate stack, which is small.
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    if (__real_sigaction(number(), &action, NULL) != 0)
        return -1;
    installed = 1;
    return 0;
}

// After the last timer has gone. Whoever put a handler before this one meanwhile passes signals on to it: then it stays.
void plumb_cpu_uninstall(void) {
    struct sigaction now;
    if (!installed || __real_sigaction(number(), NULL, &now) != 0 || now.sa_sigaction != on_signal)
        return;
    if (__real_sigaction(number(), &before, NULL) == 0)
        installed = 0;
}

uint64_t plumb_cpu_slot_size(void) { return sizeof(struct slot); }

// Returns the timer's number, negative when there is none: the thread may have ended.
int plumb_cpu_watch(int thread, void *slot, uint64_t nanos) {
    struct sigevent event;
    struct itimerspec period;
    int timer = -1;
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = number();
    event.sigev_value.sival_ptr = slot;
    event.sigev_notify_thread_id = thread;
    // The clock of another thread's CPU time: CPUCLOCK_PERTHREAD_MASK | CPUCLOCK_SCHED of linux/posix-timers.h.
    if (syscall(SYS_timer_create, (clockid_t)(((unsigned)~thread << 3) | 6), &event, &timer) != 0)
        return -1;
    period.it_interval.tv_sec = period.it_value.tv_sec = (time_t)(nanos / 1000000000);
    period.it_interval.tv_nsec = period.it_value.tv_nsec = (long)(nanos % 1000000000);
    if (syscall(SYS_timer_settime, timer, 0, &period, NULL) == 0)
        return timer;
    syscall(SYS_timer_delete, timer);
    return -1;
}

void plumb_cpu_unwatch(int timer) { syscall(SYS_timer_delete, timer); }
