/* Stands between a process and its disk (LD_PRELOAD, Linux), for files below SHIM_UNDER:
   keeps a record of what was written and synced, refuses to sync, or dies at a chosen call.

   SHIM_LOG    append one record per call: "op offset length path\n", then the bytes
   SHIM_EIO    while this file exists, fsync and fdatasync answer EIO
   SHIM_KILL   the number of the write, sync, cut or removal before which SIGKILL comes */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REAL(type, name, ...) ((type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static const char *under, *refuse;
static int record = -1;
static long countdown;

/* Reads the environment again: a process that was forked begins its own story. */
__attribute__((constructor)) void shim_start(void) {
    const char *log = getenv("SHIM_LOG"), *calls = getenv("SHIM_KILL");
    under = getenv("SHIM_UNDER");
    refuse = getenv("SHIM_EIO");
    if (record >= 0) close(record);
    record = -1;
    if (log) record = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    countdown = calls ? atol(calls) : 0;
}

/* Shared memory is not kept over a power cut, so nobody cares what was written to it. */
static int watched(const char *path) {
    size_t length = strlen(path);
    if (!under || strncmp(path, under, strlen(under))) return 0;
    return length < 4 || strcmp(path + length - 4, "-shm");
}

static int ours(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    return length > 0 && watched(path);
}

static void step(void) {
    if (countdown && --countdown == 0) kill(getpid(), SIGKILL);
}

static void put(const void *data, size_t length) {
    while (length) {
        ssize_t done = REAL(ssize_t, write, int, const void *, size_t)(record, data, length);
        if (done < 0) abort();
        data = (const char *)data + done;
        length -= (size_t)done;
    }
}

static void note(char op, long long at, const void *data, size_t length, const char *path) {
    char head[PATH_MAX + 64];
    if (record < 0) return;
    put(head, (size_t)snprintf(head, sizeof head, "%c %lld %zu %s\n", op, at, length, path));
    if (data) put(data, length);
}

static int sync_as(int (*real)(int), int fd) {
    char path[PATH_MAX];
    if (!ours(fd, path)) return real(fd);
    pthread_mutex_lock(&gate);
    step();
    int answer = -1, why = EIO;
    if (!refuse || access(refuse, F_OK)) {
        answer = real(fd);
        why = errno;
        if (!answer) note('F', 0, NULL, 0, path);
    }
    pthread_mutex_unlock(&gate);
    errno = why;
    return answer;
}

int fsync(int fd) { return sync_as(REAL(int, fsync, int), fd); }
int fdatasync(int fd) { return sync_as(REAL(int, fdatasync, int), fd); }

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
    char path[PATH_MAX];
    ssize_t (*real)(int, const void *, size_t, off64_t) =
        REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    if (!ours(fd, path)) return real(fd, data, length, at);
    pthread_mutex_lock(&gate);
    step();
    ssize_t done = real(fd, data, length, at);
    int why = errno;
    if (done > 0) note('W', at, data, (size_t)done, path);
    pthread_mutex_unlock(&gate);
    errno = why;
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
    return pwrite64(fd, data, length, at);
}

/* What goes to standard output was shown to a person: it stands in the record, in its order. */
ssize_t write(int fd, const void *data, size_t length) {
    char path[PATH_MAX];
    ssize_t (*real)(int, const void *, size_t) = REAL(ssize_t, write, int, const void *, size_t);
    int mine = fd == 1 ? 0 : ours(fd, path);
    if (!mine && (fd != 1 || record < 0)) return real(fd, data, length);
    pthread_mutex_lock(&gate);
    if (mine) step();
    ssize_t done = real(fd, data, length);
    int why = errno;
    if (done > 0 && mine) note('W', lseek(fd, 0, SEEK_CUR) - done, data, (size_t)done, path);
    if (done > 0 && !mine) note('S', 0, data, (size_t)done, "-");
    pthread_mutex_unlock(&gate);
    errno = why;
    return done;
}

int ftruncate64(int fd, off64_t length) {
    char path[PATH_MAX];
    int (*real)(int, off64_t) = REAL(int, ftruncate64, int, off64_t);
    if (!ours(fd, path)) return real(fd, length);
    pthread_mutex_lock(&gate);
    step();
    int answer = real(fd, length), why = errno;
    if (!answer) note('T', length, NULL, 0, path);
    pthread_mutex_unlock(&gate);
    errno = why;
    return answer;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int unlink(const char *path) {
    int (*real)(const char *) = REAL(int, unlink, const char *);
    if (!watched(path)) return real(path);
    pthread_mutex_lock(&gate);
    step();
    int answer = real(path), why = errno;
    if (!answer) note('U', 0, NULL, 0, path);
    pthread_mutex_unlock(&gate);
    errno = why;
    return answer;
}

int rename(const char *from, const char *to) {
    int (*real)(const char *, const char *) = REAL(int, rename, const char *, const char *);
    if (!watched(from)) return real(from, to);
    pthread_mutex_lock(&gate);
    step();
    int answer = real(from, to), why = errno;
    if (!answer) note('R', 0, to, strlen(to), from);
    pthread_mutex_unlock(&gate);
    errno = why;
    return answer;
}
