/* Files by pattern, names with backslashes, pipes of the C run-time; and names that Linux has and Windows leaves to the program. */
#include "check.h"
#include <stdio.h>
#include <string.h>
#include <direct.h>
#include <fcntl.h>
#include <io.h>
#include <signal.h>
#include <wchar.h>

/* Windows has none of these. */
struct iovec {
    size_t iov_len;
    void  *iov_base;
};

static int killed;

static int kill(HANDLE process, int signal)
{
    killed = signal;
    return process == NULL ? -1 : 0;
}

static int make(const char *name, const char *text)
{
    FILE *file = NULL;

    if (fopen_s(&file, name, "wb") != 0)
        return 0;
    fputs(text, file);
    return fclose(file) == 0;
}

int main(void)
{
    struct _finddata_t one;
    struct _finddatai64_t large;
    struct _wfinddata_t wide;
    intptr_t search;
    int count = 0, directories = 0, ends[2], fd;
    unsigned bytes = 0;
    char text[16] = "";
    FILE *file;
    struct iovec piece;

    CHECK(_mkdir("place") == 0 && _mkdir("place\\below") == 0);
    CHECK(make("place\\one.txt", "1") && make("place\\two.txt", "22") && make("place\\three.dat", "333"));
    search = _findfirst("place\\*", &one);
    CHECK(search != -1);
    do {
        if (strcmp(one.name, ".") == 0 || strcmp(one.name, "..") == 0)
            continue;
        count++;
        directories += (one.attrib & _A_SUBDIR) != 0;
        bytes += (one.attrib & _A_SUBDIR) != 0 ? 0 : (unsigned)one.size;
        CHECK(one.time_write > 1600000000);
    } while (_findnext(search, &one) == 0);
    CHECK(errno == ENOENT && count == 4 && directories == 1 && bytes == 6);
    CHECK(_findclose(search) == 0);
    search = _findfirsti64("place/*.dat", &large);
    CHECK(search != -1 && strcmp(large.name, "three.dat") == 0 && large.size == 3);
    CHECK(_findnexti64(search, &large) == -1 && _findclose(search) == 0);
    CHECK(_findfirst("place\\*.none", &one) == -1 && errno == ENOENT);
    CHECK(_findfirst("nowhere\\*", &one) == -1 && errno == ENOENT);
    search = _wfindfirst(L"place\\one.*", &wide);
    CHECK(search != -1 && wide.size == 1 && wide.name[0] == L'o' && wide.name[7] == 0 && _findclose(search) == 0);

    CHECK(_access("place\\one.txt", 0) == 0 && _access("place\\below\\none", 0) == -1);
    fd = _open("place\\two.txt", _O_RDONLY | _O_BINARY);
    CHECK(fd >= 0 && _read(fd, text, sizeof(text)) == 2 && _close(fd) == 0);
    file = _wfopen(L"place\\below\\new.txt", L"w");
    CHECK(file != NULL && fclose(file) == 0 && _waccess(L"place\\below\\new.txt", 0) == 0);
    CHECK(_wunlink(L"place\\below\\new.txt") == 0 && _unlink("place\\one.txt") == 0 && _unlink("place\\two.txt") == 0);
    CHECK(_wremove(L"place\\three.dat") == 0 && _rmdir("place\\below") == 0 && _wrmdir(L"place") == 0);
    CHECK(make("NUL", "nowhere") && _access("nul", 0) == 0);

    CHECK(_pipe(ends, 4096, _O_BINARY | _O_NOINHERIT) == 0 && ends[0] != ends[1]);
    CHECK(_write(ends[1], "through", 7) == 7 && _read(ends[0], text, sizeof(text)) == 7 && memcmp(text, "through", 7) == 0);
    CHECK(_close(ends[1]) == 0 && _read(ends[0], text, 1) == 0 && _close(ends[0]) == 0);

    piece.iov_len = sizeof(text);
    piece.iov_base = text;
    CHECK(kill(GetCurrentProcess(), (int)piece.iov_len) == 0 && killed == 16 && piece.iov_base == text);
    return result();
}
