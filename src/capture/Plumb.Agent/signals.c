/*
 * The signals of the process belong to the service. The native runtime that is compiled into the agent would put handlers of its own
 * before those of the service's runtime, and they touch thread-local storage: in a thread that never ran the agent the system's loader
 * allocates it at that moment, and a signal that arrives inside malloc then waits for ever for the lock its own thread holds.
 * The linker sends the three calls here (see the project file). Without the signal a collection of the agent's own few objects waits
 * until each thread has left the agent, which takes microseconds.
 */
#include <pthread.h>
#include <signal.h>

int __wrap_sigaction(int number, const struct sigaction *action, struct sigaction *previous) {
    (void)number, (void)action, (void)previous;
    return 0;
}

void (*__wrap_signal(int number, void (*handler)(int)))(int) {
    (void)number, (void)handler;
    return SIG_DFL;
}

int __wrap_pthread_kill(pthread_t thread, int number) {
    (void)thread, (void)number;
    return 0;
}
