/*
 * A profiler of another maker, as small as one can be that a runtime takes for its main one: it asks for collections and compilations, and
 * writes a letter for each to the file that OTHER_PROFILER_LOG names. Slots are those of corprof.idl.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    OK = 0,
    NO_CLASS = (int)0x80040111,
    MONITOR_COLLECTIONS = 0x80,
    MONITOR_COMPILATIONS = 0x20,
    QUERY = 0,
    ADD_REFERENCE = 1,
    RELEASE = 2,
    CREATE_INSTANCE = 3,
    INITIALIZE = 3,
    COMPILATION_FINISHED = 24,
    COLLECTION_STARTED = 73,
    NOTIFICATION_ONLY = 97,
    INFO_SET_EVENT_MASK = 16,
    SLOTS = 128
};

typedef struct { uint32_t a; uint16_t b, c; uint8_t d[8]; } guid;
typedef struct object { void **table; } object;

static const guid class_id = {0xb1a5f1c0, 0x7d2e, 0x4f3a, {0x9c, 0x61, 0x0d, 0x5e, 0x8a, 0x4b, 0x2f, 0x17}};
static const guid info_id = {0x28b5557d, 0x3f3f, 0x48b4, {0x90, 0xb2, 0x5f, 0x9e, 0xea, 0x2f, 0x6c, 0x48}};

static void *callback_table[SLOTS], *factory_table[5];
static object callback = {callback_table}, factory = {factory_table};
static int log_file = -1;

static int note(char letter) {
    if (write(log_file, &letter, 1) != 1)
        abort();
    return OK;
}

static int nothing(void) { return OK; }
static uint32_t count(object *self) { (void)self; return 1; }
static int query(object *self, const guid *id, void **instance) { (void)id; *instance = self; return OK; }
static int compilation_finished(void) { return note('c'); }
static int collection_started(void) { return note('g'); }
static int notification_only(object *self, int *only) { (void)self; *only = 0; return OK; }

static int initialize(object *self, object *runtime) {
    (void)self;
    object *info = NULL;
    int result = ((int (*)(object *, const guid *, object **))runtime->table[QUERY])(runtime, &info_id, &info);
    if (result < 0)
        return result;
    log_file = open(getenv("OTHER_PROFILER_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    result = ((int (*)(object *, uint32_t))info->table[INFO_SET_EVENT_MASK])(info, MONITOR_COLLECTIONS | MONITOR_COMPILATIONS);
    return result < 0 ? result : note('i');
}

static int create_instance(object *self, void *outer, const guid *id, void **instance) {
    (void)self, (void)outer, (void)id;
    *instance = &callback;
    return OK;
}

int DllGetClassObject(const guid *wanted, const guid *id, void **instance) {
    (void)id;
    if (memcmp(wanted, &class_id, sizeof(guid)) != 0)
        return NO_CLASS;
    for (int i = 0; i < SLOTS; i++)
        callback_table[i] = (void *)nothing;
    callback_table[QUERY] = factory_table[QUERY] = (void *)query;
    callback_table[ADD_REFERENCE] = callback_table[RELEASE] = factory_table[ADD_REFERENCE] = factory_table[RELEASE] = (void *)count;
    callback_table[INITIALIZE] = (void *)initialize;
    callback_table[COMPILATION_FINISHED] = (void *)compilation_finished;
    callback_table[COLLECTION_STARTED] = (void *)collection_started;
    callback_table[NOTIFICATION_ONLY] = (void *)notification_only;
    factory_table[CREATE_INSTANCE] = (void *)create_instance;
    factory_table[4] = (void *)nothing;
    *instance = &factory;
    return OK;
}
