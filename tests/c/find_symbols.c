/* find_symbols LIBRARY NAME...: opens the library as ctypes and P/Invoke do and looks every name up. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    void *library = argc > 1 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    int i, missing = 0;

    if (library == NULL) {
        printf("%s\n", argc > 1 ? dlerror() : "no library named");
        return 1;
    }
    for (i = 2; i < argc; i++) {
        Dl_info where;
        void *symbol = dlsym(library, argv[i]);
        if (symbol == NULL || dladdr(symbol, &where) == 0 || strstr(where.dli_fname, "ws2_32") == NULL) {
            printf("%s: not found\n", argv[i]);
            missing++;
        }
    }
    return missing != 0;
}
