/* The C library's resolver must be found from wherever this library is: see tests/library/resolve_linked.rs. Without
   headers, so that nothing but the symbols counts. "127.1" is read by the C library's getaddrinfo. */
#include <stdio.h>
#include <string.h>
#ifdef OPENED
#include <dlfcn.h>
#endif

struct addrinfo_of_windows {
    int flags, family, socktype, protocol;
    size_t addrlen;
    char *canonname;
    unsigned char *addr;
    struct addrinfo_of_windows *next;
};
struct hostent_of_windows {
    char *name, **aliases;
    short addrtype, length;
    unsigned char **addresses;
};

typedef int Startup(unsigned short, void *);
typedef int Resolve(const char *, const char *, const void *, struct addrinfo_of_windows **);
typedef void Free(struct addrinfo_of_windows *);
typedef struct hostent_of_windows *ByName(const char *);

#ifndef OPENED
Startup WSAStartup;
Resolve ws2_getaddrinfo;
Free ws2_freeaddrinfo;
ByName ws2_gethostbyname;
#endif

static int check(Startup *startup, Resolve *resolve, Free *release, ByName *by_name)
{
    static const unsigned char expected[] = {2, 0, 0, 80, 127, 0, 0, 1};
    char data[512];
    struct addrinfo_of_windows *list = NULL;
    struct hostent_of_windows *host;
    int code = startup(0x0202, data);
    if (code == 0)
        code = resolve("127.1", "80", NULL, &list);
    if (code != 0) {
        printf("getaddrinfo: %d\n", code);
        return 1;
    }
    if (list->family != 2 || list->socktype != 0 || list->addrlen != 16 || list->next != NULL
        || memcmp(list->addr, expected, sizeof expected) != 0) {
        printf("not Windows' getaddrinfo\n");
        return 1;
    }
    release(list);
    host = by_name("localhost");
    if (host == NULL || host->addrtype != 2 || host->length != 4 || memcmp(host->addresses[0], expected + 4, 4) != 0) {
        printf("gethostbyname\n");
        return 1;
    }
    return 0;
}

#ifdef OPENED
#define FIND(variable, name) (*(void **)&variable = dlsym(library, name))

int main(int count, char **arguments)
{
    const char *const plain = arguments[2];
    Startup *startup;
    Resolve *resolve;
    Free *release;
    ByName *by_name;
    void *library = count < 3 ? NULL : dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        printf("%s\n", dlerror());
        return 1;
    }
    FIND(startup, "WSAStartup");
    FIND(resolve, plain[0] == 'y' ? "getaddrinfo" : "ws2_getaddrinfo");
    FIND(release, plain[0] == 'y' ? "freeaddrinfo" : "ws2_freeaddrinfo");
    FIND(by_name, plain[0] == 'y' ? "gethostbyname" : "ws2_gethostbyname");
    return check(startup, resolve, release, by_name);
}
#else
int main(void)
{
    return check(WSAStartup, ws2_getaddrinfo, ws2_freeaddrinfo, ws2_gethostbyname);
}
#endif
