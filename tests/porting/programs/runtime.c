/* Windows' C run-time beside the functions of texts: files by descriptors and by streams, the environment, times, numbers, bits,
   and the interlocked functions of all widths. */
#include "check.h"
#include <direct.h>
#include <fcntl.h>
#include <io.h>
#include <intrin.h>
#include <process.h>
#include <share.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/timeb.h>
#include <time.h>

static void descriptors(void)
{
    char text[16] = "", before[MAX_PATH], now[MAX_PATH];
    int fd = _open("a file", _O_RDWR | _O_CREAT | _O_EXCL | _O_BINARY, _S_IREAD | _S_IWRITE), other = -1;

    CHECK(fd >= 0 && _open("a file", _O_RDWR | _O_CREAT | _O_EXCL, _S_IREAD) == -1);
    CHECK(_write(fd, "0123456789", 10) == 10 && _tell(fd) == 10 && _eof(fd) == 1);
    CHECK(_lseek(fd, 2, SEEK_SET) == 2 && _read(fd, text, 3) == 3 && strcmp(text, "234") == 0 && _telli64(fd) == 5 && _eof(fd) == 0);
    CHECK(_lseeki64(fd, -1, SEEK_END) == 9 && _filelength(fd) == 10 && _filelengthi64(fd) == 10);
    CHECK(_chsize(fd, 4) == 0 && _filelength(fd) == 4 && _chsize_s(fd, 6) == 0 && _filelength(fd) == 6 && _commit(fd) == 0);
    other = _dup(fd);
    CHECK(other >= 0 && other != fd && _lseek(fd, 1, SEEK_SET) == 1 && _tell(other) == 1 && _close(other) == 0);
    other = _creat("another", _S_IREAD | _S_IWRITE);
    CHECK(other >= 0 && _dup2(fd, other) == 0 && _filelength(other) == 6 && _isatty(other) == 0);
    CHECK(_setmode(other, _O_BINARY) != -1 && _get_osfhandle(other) != -1 && _close(other) == 0);
    CHECK(_sopen_s(&other, "a file", _O_RDONLY, _SH_DENYNO, 0) == 0 && _read(other, text, 1) == 1 && text[0] == '0' && _close(other) == 0);
    CHECK(_sopen_s(&other, "no file", _O_RDONLY, _SH_DENYNO, 0) == ENOENT && other == -1);
    CHECK(_close(fd) == 0 && _access("a file", 4) == 0 && _access_s("no file", 0) == ENOENT && _chmod("a file", _S_IREAD) == 0);
    CHECK(_chmod("a file", _S_IREAD | _S_IWRITE) == 0 && _unlink("a file") == 0 && _unlink("another") == 0 && _access("another", 0) == -1);
    CHECK(_getcwd(before, sizeof before) == before && _mkdir("below") == 0 && _chdir("below") == 0);
    CHECK(_getcwd(now, sizeof now) == now && strlen(now) == strlen(before) + 6 && _chdir("..") == 0 && _rmdir("below") == 0);
    CHECK(_fullpath(now, "no/../file/./x/..", sizeof now) == now && strlen(now) == strlen(before) + 5 && strcmp(now + strlen(before) + 1, "file") == 0);
    CHECK(_fullpath(now, "", sizeof now) == now && strcmp(now, before) == 0 && _fullpath(now, "x", 2) == NULL);
    CHECK(_fullpath(now, "x", sizeof now) == now && strlen(now) == strlen(before) + 2 && _getpid() == (int)GetCurrentProcessId());
}

static void streams(void)
{
    FILE *file = NULL, *again;
    char text[32] = "";
    int number = 0;

    CHECK(fopen_s(&file, "a stream", "wb") == 0 && fprintf(file, "word 42") == 7 && _fileno(file) >= 0);
    CHECK(_fseeki64(file, 2, SEEK_SET) == 0 && _ftelli64(file) == 2 && fclose(file) == 0);
    CHECK(fopen_s(&file, "no stream", "rb") == ENOENT && file == NULL);
    file = _fsopen("a stream", "rb", _SH_DENYNO);
    CHECK(file != NULL && fscanf_s(file, "%31s %d", text, (unsigned int)sizeof text, &number) == 2 && number == 42);
    CHECK(strcmp(text, "word") == 0 && freopen_s(&again, "a stream", "rb", file) == 0 && fgetc(again) == 'w' && fclose(again) == 0);
    file = _fdopen(_open("a stream", _O_RDONLY), "rb");
    CHECK(file != NULL && fgetc(file) == 'w' && fclose(file) == 0 && _unlink("a stream") == 0);
#if !defined(__MINGW32__)
    CHECK(tmpfile_s(&file) == 0 && fputc('x', file) == 'x' && fclose(file) == 0);
#endif
    file = _popen("echo said", "r");
    CHECK(file != NULL && fgets(text, sizeof text, file) != NULL && strncmp(text, "said", 4) == 0 && _pclose(file) == 0);
}

static void environment(void)
{
    char text[16];
    size_t length = 0;
#if !defined(__MINGW32__)
    char *copy = NULL;
#endif

    CHECK(_putenv_s("A_NAME", "value") == 0 && getenv_s(&length, text, sizeof text, "A_NAME") == 0 && length == 6);
    CHECK(strcmp(text, "value") == 0 && getenv_s(&length, text, 3, "A_NAME") == ERANGE && length == 6);
#if !defined(__MINGW32__)
    CHECK(_dupenv_s(&copy, &length, "A_NAME") == 0 && length == 6 && strcmp(copy, "value") == 0);
    free(copy);
    CHECK(_dupenv_s(&copy, &length, "NO_NAME_OF_THIS_TEST") == 0 && copy == NULL && length == 0);
#endif
}

static int print(char *to, size_t size, int way, const char *format, ...)
{
    va_list arguments;
    int count;

    va_start(arguments, format);
    count = way == 0 ? _vsnprintf(to, size, format, arguments) : way == 1 ? vsprintf_s(to, size, format, arguments)
                                                                        : _vscprintf(format, arguments);
    va_end(arguments);
    return count;
}

static void texts_and_numbers(void)
{
    char text[72];
    wchar_t wide[8];
    size_t length = 0;

    CHECK(print(text, sizeof text, 0, "%d", 123) == 3 && print(text, 2, 0, "%d", 123) == -1 && print(NULL, 0, 2, "%s!", "four") == 5);
    CHECK(print(text, sizeof text, 1, "%s", "kept") == 4 && strcmp(_strset(text, 'z'), "zzzz") == 0);
    CHECK(strnlen_s(text, 2) == 2 && strnlen_s(NULL, 9) == 0);
    strcpy(text, "Mixed");
    CHECK(_strlwr_s(text, sizeof text) == 0 && strcmp(text, "mixed") == 0 && _strupr_s(text, sizeof text) == 0);
    CHECK(strcmp(text, "MIXED") == 0);
    CHECK(_ltoa_s(-77, text, sizeof text, 10) == 0 && strcmp(text, "-77") == 0 && _ultoa_s(255, text, sizeof text, 16) == 0);
    CHECK(strcmp(text, "ff") == 0 && _i64toa_s(-5000000000LL, text, sizeof text, 10) == 0 && strcmp(text, "-5000000000") == 0);
    CHECK(_ui64toa_s(0xFFFFFFFFFFFFFFFFULL, text, sizeof text, 2) == 0 && strlen(text) == 64);
    CHECK(strcmp(_ultoa(8, text, 8), "10") == 0 && _byteswap_ushort(0x1234) == 0x3412);
    CHECK(mbstowcs_s(&length, wide, 8, "abc", 7) == 0 && length == 4 && wide[2] == 'c' && wide[3] == 0);
    CHECK(wcstombs_s(&length, text, sizeof text, wide, sizeof text - 1) == 0 && length == 4 && strcmp(text, "abc") == 0);
}

static void times(void)
{
    char clock[9] = "", day[9] = "";
    struct __timeb64 now;
    time_t before = time(NULL);

    CHECK(_strtime_s(clock, sizeof clock) == 0 && clock[2] == ':' && clock[5] == ':' && strlen(_strtime(clock)) == 8);
    CHECK(_strdate_s(day, sizeof day) == 0 && day[2] == '/' && day[5] == '/' && strlen(_strdate(day)) == 8);
    _ftime64(&now);
    CHECK(now.time >= before && now.millitm < 1000 && _ftime64_s(&now) == 0 && now.time >= before);
}

static void bits(void)
{
    static volatile LONG word = 12;
    static volatile LONG64 wide = 12;

    CHECK(InterlockedAnd64(&wide, 8) == 12 && InterlockedOr64(&wide, 1) == 8 && InterlockedXor64(&wide, 9) == 9 && wide == 0);
#if !defined(__MINGW32__) /* which has not all of these */
    static volatile SHORT half = 12;
    static volatile char byte = 12;
    unsigned int at = 99;

    CHECK(InterlockedIncrement16(&half) == 13 && InterlockedDecrement16(&half) == 12 && InterlockedExchange16(&half, 3) == 12);
    CHECK(InterlockedCompareExchange16(&half, 5, 3) == 3 && InterlockedAnd16(&half, 4) == 5 && InterlockedOr16(&half, 2) == 4);
    CHECK(InterlockedXor16(&half, 6) == 6 && half == 0);
    CHECK(InterlockedExchange8(&byte, 7) == 12 && InterlockedAnd8(&byte, 3) == 7 && InterlockedOr8(&byte, 8) == 3);
    CHECK(InterlockedXor8(&byte, 11) == 11 && byte == 0);
    {
        static __attribute__((__aligned__(16))) LONG64 pair[2] = { 1, 2 };
        LONG64 expected[2] = { 1, 2 };

        CHECK(InterlockedAdd(&word, 3) == 15 && InterlockedAdd64(&wide, 3) == 3);
        CHECK(InterlockedCompareExchange128(pair, 4, 3, expected) && pair[0] == 3 && pair[1] == 4);
        CHECK(!InterlockedCompareExchange128(pair, 6, 5, expected) && expected[0] == 3 && expected[1] == 4 && pair[0] == 3);
        CHECK(_BitScanForward(&at, 0x50) && at == 4 && _BitScanReverse(&at, 0x50) && at == 6 && !_BitScanForward(&at, 0));
        CHECK(_BitScanForward64(&at, 1ULL << 40) && at == 40 && _BitScanReverse64(&at, (1ULL << 63) | 1) && at == 63);
    }
#endif
    word = 4;
    CHECK(!InterlockedBitTestAndSet(&word, 0) && InterlockedBitTestAndSet(&word, 0) && word == 5);
    CHECK(InterlockedBitTestAndReset(&word, 2) && !InterlockedBitTestAndReset(&word, 2) && word == 1);
}

int main(void)
{
    descriptors();
    streams();
    environment();
    texts_and_numbers();
    times();
    bits();
    return result();
}
