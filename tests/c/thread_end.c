/* A thread that was not made by CreateThread ends by ExitThread: another one, the first one, and the first one from a routine that was
   queued to it. There is no descriptor left then: glibc loads the unwinder for that, a library of its own, and ends the process where it
   cannot. usage: thread_end other|main|routine */
#include <winsock2.h>
#include <windows.h>
#include <iphlpapi.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static struct rlimit usual;

static void have_descriptors(int yes)
{
    struct rlimit none = usual;

    none.rlim_cur = 0;
    setrlimit(RLIMIT_NOFILE, yes ? &usual : &none);
}

static int is_loaded(void)
{
    return dlopen("libgcc_s.so.1", RTLD_NOW | RTLD_NOLOAD) != NULL;
}

static void *ends(void *argument)
{
    (void)argument;
    ExitThread(5);
    return NULL;
}

/* What the library reads of the process in /proc, where the kernel then tells nothing under the first thread's number. */
static int knows_the_process(void)
{
    MEMORY_BASIC_INFORMATION memory;
    char name[MAX_PATH];
    DWORD size = 0;

    return GetModuleFileNameA(NULL, name, sizeof(name)) > 0 && name[0] == '/' &&
           VirtualQuery(&size, &memory, sizeof(memory)) != 0 && memory.State == MEM_COMMIT &&
           GetTcpTable(NULL, &size, FALSE) == ERROR_INSUFFICIENT_BUFFER && size > 0;
}

static DWORD WINAPI waits(void *first)
{
    WaitForSingleObject(first, INFINITE);
    /* It is signalled a moment before the kernel lets go of the thread. */
    Sleep(50);
    have_descriptors(1);
    if (!knows_the_process())
        return 1;
    puts("the first thread has ended");
    fflush(stdout);
    return 0;
}

static void CALLBACK routine(ULONG_PTR code)
{
    ExitThread((DWORD)code);
}

int main(int count, char **arguments)
{
    int loaded = is_loaded();
    pthread_t thread;
    HANDLE handle, first;

    getrlimit(RLIMIT_NOFILE, &usual);
    if (loaded) {
        puts("the library has loaded the unwinder already");
        return 1;
    }
    if (count != 2)
        return 8;
    if (strcmp(arguments[1], "other") == 0) {
        have_descriptors(0);
        if (pthread_create(&thread, NULL, ends, NULL) != 0)
            return 2;
        /* It waits for a descriptor. */
        Sleep(100);
        have_descriptors(1);
        if (pthread_join(thread, NULL) != 0 || !is_loaded())
            return 3;
        puts("the thread has ended");
        return 0;
    }
    first = OpenThread(SYNCHRONIZE, FALSE, GetCurrentThreadId());
    handle = first == NULL ? NULL : CreateThread(NULL, 0, waits, first, 0, NULL);
    if (handle == NULL || !is_loaded())
        return 4;
    have_descriptors(0);
    if (strcmp(arguments[1], "main") == 0)
        ExitThread(6);
    if (QueueUserAPC(routine, GetCurrentThread(), 8) != 0)
        SleepEx(INFINITE, TRUE);
    return 7;
}
