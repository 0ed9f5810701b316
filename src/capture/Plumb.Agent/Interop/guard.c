// What the heap calls a class may be none: the object was garbage, or what was followed was no reference. The runtime does not expect
// that and reads where nothing is. In the frozen copy, which has one thread and nothing to lose, such a question is given up.
//
// The copy inherits the handlers of the service's runtime too. They would take its end for the service's own, and remove the socket by
// which the service is asked for diagnostics: so none of them stays.
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>

// The linker sends sigaction to a function that does nothing (signals.c); this is the real one.
int __real_sigaction(int number, const struct sigaction *action, struct sigaction *previous);

enum { NO_ANSWER = -1 };

static sigjmp_buf place;
static volatile sig_atomic_t is_asking;

static void handle(int number, void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    __real_sigaction(number, &action, NULL);
}

static void on_fault(int number) {
    if (is_asking)
        siglongjmp(place, 1);
    // The instruction faults once more.
    handle(number, SIG_DFL);
}

// To be called once, in the copy.
void plumb_copy_takes_signals(void) {
    for (int number = 1; number < NSIG; number++)
        handle(number, SIG_DFL);
    handle(SIGSEGV, on_fault);
    handle(SIGBUS, on_fault);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

typedef int question(intptr_t, intptr_t, intptr_t, intptr_t, intptr_t, intptr_t, intptr_t, intptr_t);

// Calls a function of the runtime; negative when it fails, as when it would have ended the process.
int plumb_copy_asks(question *function, intptr_t a, intptr_t b, intptr_t c, intptr_t d, intptr_t e, intptr_t f, intptr_t g, intptr_t h) {
    if (sigsetjmp(place, 1)) {
        is_asking = 0;
        return NO_ANSWER;
    }
    is_asking = 1;
    int result = function(a, b, c, d, e, f, g, h);
    is_asking = 0;
    return result;
}
