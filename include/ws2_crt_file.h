/* Windows' names for what POSIX has too: files by number, directories, streams. _O_TEXT does not exist here: every file is
   binary. Part of windows.h, and of <io.h>, <direct.h>, <fcntl.h> and <stdio.h> under ws2cc. */
#ifndef WS2_CRT_FILE_H
#define WS2_CRT_FILE_H
#pragma GCC system_header

#include "ws2_crt_string.h"

/* Linux' own numbers, so that _open and open take both kinds of names. */
#define _O_RDONLY      0
#define _O_WRONLY      1
#define _O_RDWR        2
#define _O_CREAT       0100
#define _O_EXCL        0200
#define _O_TRUNC       01000
#define _O_APPEND      02000
#define _O_TEXT        0
#define _O_BINARY      0
#define _O_RAW         0
#define _O_WTEXT       0
#define _O_U8TEXT      0
#define _O_U16TEXT     0
#define _O_RANDOM      0
#define _O_SEQUENTIAL  0
#define _O_SHORT_LIVED 0
#define _O_TEMPORARY   0
#define _O_NOINHERIT   02000000
#ifndef O_BINARY
# define O_BINARY      0
# define O_TEXT        0
#endif
#ifndef _S_IREAD
# define _S_IREAD      0400
# define _S_IWRITE     0200
# define _S_IEXEC      0100
#endif
#ifndef S_IREAD
# define S_IREAD       0400
# define S_IWRITE      0200
#endif
#define _SH_COMPAT     0
#define _SH_DENYRW     0x10
#define _SH_DENYWR     0x20
#define _SH_DENYRD     0x30
#define _SH_DENYNO     0x40

struct _IO_FILE;

#ifdef __cplusplus
extern "C" {
#endif
extern int ws2_libc_open(const char *name, int flags, ...) WS2_LIBC(open);
extern long ws2_libc_read(int fd, void *to, size_t length) WS2_LIBC(read);
extern long ws2_libc_write(int fd, const void *from, size_t length) WS2_LIBC(write);
extern int ws2_libc_close(int fd) WS2_LIBC(close);
extern long ws2_libc_lseek(int fd, long offset, int whence) WS2_LIBC(lseek);
extern int ws2_libc_dup(int fd) WS2_LIBC(dup);
extern int ws2_libc_pipe2(int *ends, int flags) WS2_LIBC(pipe2);
extern int ws2_libc_dup2(int from, int to) WS2_LIBC(dup2);
extern int ws2_libc_access(const char *name, int mode) WS2_LIBC(access);
extern int ws2_libc_unlink(const char *name) WS2_LIBC(unlink);
extern int ws2_libc_mkdir(const char *name, unsigned int mode) WS2_LIBC(mkdir);
extern int ws2_libc_rmdir(const char *name) WS2_LIBC(rmdir);
extern int ws2_libc_chdir(const char *name) WS2_LIBC(chdir);
extern int ws2_libc_chmod(const char *name, unsigned int mode) WS2_LIBC(chmod);
extern char *ws2_libc_getcwd(char *to, size_t size) WS2_LIBC(getcwd);
extern int ws2_libc_isatty(int fd) WS2_LIBC(isatty);
extern int ws2_libc_ftruncate(int fd, long length) WS2_LIBC(ftruncate);
extern int ws2_libc_fsync(int fd) WS2_LIBC(fsync);
extern int ws2_libc_fileno(struct _IO_FILE *stream) WS2_LIBC(fileno);
extern struct _IO_FILE *ws2_libc_fopen(const char *name, const char *mode) WS2_LIBC(fopen);
extern struct _IO_FILE *ws2_libc_freopen(const char *name, const char *mode, struct _IO_FILE *stream) WS2_LIBC(freopen);
extern struct _IO_FILE *ws2_libc_fdopen(int fd, const char *mode) WS2_LIBC(fdopen);
extern struct _IO_FILE *ws2_libc_popen(const char *command, const char *mode) WS2_LIBC(popen);
extern int ws2_libc_pclose(struct _IO_FILE *stream) WS2_LIBC(pclose);
extern struct _IO_FILE *ws2_libc_tmpfile(void) WS2_LIBC(tmpfile);
extern int ws2_libc_mkstemp(char *pattern) WS2_LIBC(mkstemp);
extern int ws2_libc_fseeko(struct _IO_FILE *stream, long offset, int whence) WS2_LIBC(fseeko);
extern long ws2_libc_ftello(struct _IO_FILE *stream) WS2_LIBC(ftello);
extern char *ws2_libc_getenv(const char *name) WS2_LIBC(getenv);
extern int ws2_libc_setenv(const char *name, const char *value, int overwrite) WS2_LIBC(setenv);
extern int ws2_libc_unsetenv(const char *name) WS2_LIBC(unsetenv);
extern void ws2_libc_qsort_r(void *base, size_t count, size_t size,
                             int (*compare)(const void *, const void *, void *), void *context) WS2_LIBC(qsort_r);
#ifdef __cplusplus
}
#endif

#define WS2_PATH_ROOM 4096

/* A name as libc takes it: in room where \ separates, or where it is the device NUL. What does not fit stays as it is. */
static __inline__ const char *ws2_path(const char *name, char *room)
{
    size_t at;

    if (name == NULL)
        return NULL;
    if ((name[0] | 32) == 'n' && (name[1] | 32) == 'u' && (name[2] | 32) == 'l' && name[3] == 0)
        return "/dev/null";
    if (ws2_libc_strchr(name, '\\') == NULL || ws2_libc_strlen(name) >= WS2_PATH_ROOM)
        return name;
    for (at = 0; name[at] != 0; at++)
        room[at] = name[at] == '\\' ? '/' : name[at];
    room[at] = 0;
    return room;
}

static __inline__ int _open(const char *filename, int oflag, ...)
{
    char path[WS2_PATH_ROOM];
    __builtin_va_list arguments;
    int mode;

    __builtin_va_start(arguments, oflag);
    mode = oflag & _O_CREAT ? __builtin_va_arg(arguments, int) : 0;
    __builtin_va_end(arguments);
    /* Windows has one right to write for everybody. */
    return ws2_libc_open(ws2_path(filename, path), oflag, mode & _S_IWRITE ? 0666 : 0444);
}

static __inline__ errno_t _sopen_s(int *pfh, const char *filename, int oflag, int shflag, int pmode)
{
    (void)shflag;
    if (pfh == NULL || filename == NULL)
        return ws2_refuse(NULL, 0, EINVAL);
    *pfh = _open(filename, oflag, pmode);
    return *pfh < 0 ? errno : 0;
}

static __inline__ int _creat(const char *filename, int pmode)
{
    return _open(filename, _O_CREAT | _O_TRUNC | _O_WRONLY, pmode);
}

static __inline__ int _read(int fd, void *buffer, unsigned int count)
{
    return (int)ws2_libc_read(fd, buffer, count);
}

static __inline__ int _write(int fd, const void *buffer, unsigned int count)
{
    return (int)ws2_libc_write(fd, buffer, count);
}

static __inline__ int _close(int fd)
{
    return ws2_libc_close(fd);
}

static __inline__ long _lseek(int fd, long offset, int origin)
{
    return ws2_libc_lseek(fd, offset, origin);
}

static __inline__ long long _lseeki64(int fd, long long offset, int origin)
{
    return ws2_libc_lseek(fd, (long)offset, origin);
}

static __inline__ long _tell(int fd)
{
    return ws2_libc_lseek(fd, 0, 1);
}

static __inline__ long long _telli64(int fd)
{
    return ws2_libc_lseek(fd, 0, 1);
}

/* The length of a file; the position stays. */
static __inline__ long long _filelengthi64(int fd)
{
    long at = ws2_libc_lseek(fd, 0, 1), end = at < 0 ? -1 : ws2_libc_lseek(fd, 0, 2);

    if (end >= 0)
        ws2_libc_lseek(fd, at, 0);
    return end;
}

static __inline__ long _filelength(int fd)
{
    return (long)_filelengthi64(fd);
}

static __inline__ int _eof(int fd)
{
    long long end = _filelengthi64(fd);

    return end < 0 ? -1 : _telli64(fd) >= end;
}

static __inline__ int _chsize(int fd, long size)
{
    return ws2_libc_ftruncate(fd, size);
}

static __inline__ errno_t _chsize_s(int fd, long long size)
{
    return ws2_libc_ftruncate(fd, (long)size) == 0 ? 0 : errno;
}

static __inline__ int _commit(int fd)
{
    return ws2_libc_fsync(fd);
}

/* Programs that are started get both ends, but for those of _O_NOINHERIT. The kernel chooses the size. */
static __inline__ int _pipe(int *pfds, unsigned int psize, int textmode)
{
    (void)psize;
    if (pfds == NULL) {
        errno = EINVAL;
        return -1;
    }
    return ws2_libc_pipe2(pfds, textmode & _O_NOINHERIT);
}

static __inline__ int _dup(int fd)
{
    return ws2_libc_dup(fd);
}

static __inline__ int _dup2(int fd1, int fd2)
{
    return ws2_libc_dup2(fd1, fd2) < 0 ? -1 : 0;
}

static __inline__ int _isatty(int fd)
{
    return ws2_libc_isatty(fd);
}

/* Every file is binary, and stays so: the mode that was asked for is the answer. */
static __inline__ int _setmode(int fd, int mode)
{
    return ws2_libc_lseek(fd, 0, 1) < 0 && errno == EBADF ? -1 : mode | 0x8000;
}

/* Modes: 0 there, 2 may be written, 4 may be read. */
static __inline__ int _access(const char *path, int mode)
{
    char room[WS2_PATH_ROOM];

    return ws2_libc_access(ws2_path(path, room), mode & 6);
}

static __inline__ errno_t _access_s(const char *path, int mode)
{
    char room[WS2_PATH_ROOM];

    return ws2_libc_access(ws2_path(path, room), mode & 6) == 0 ? 0 : errno;
}

static __inline__ int _unlink(const char *filename)
{
    char room[WS2_PATH_ROOM];

    return ws2_libc_unlink(ws2_path(filename, room));
}

/* _S_IWRITE is everybody's right to write; everybody may read. */
static __inline__ int _chmod(const char *filename, int pmode)
{
    char room[WS2_PATH_ROOM];

    return ws2_libc_chmod(ws2_path(filename, room), pmode & _S_IWRITE ? 0666u : 0444u);
}

static __inline__ int _mkdir(const char *dirname)
{
    char room[WS2_PATH_ROOM];

    return ws2_libc_mkdir(ws2_path(dirname, room), 0777);
}

static __inline__ int _rmdir(const char *dirname)
{
    char room[WS2_PATH_ROOM];

    return ws2_libc_rmdir(ws2_path(dirname, room));
}

static __inline__ int _chdir(const char *dirname)
{
    char room[WS2_PATH_ROOM];

    return ws2_libc_chdir(ws2_path(dirname, room));
}

static __inline__ char *_getcwd(char *buffer, int maxlen)
{
    return ws2_libc_getcwd(buffer, maxlen > 0 ? (size_t)maxlen : 0);
}

/* A handle of the file functions is a file's number, but for that of standard input: NULL is no handle. */
static __inline__ intptr_t _get_osfhandle(int fd)
{
    if (ws2_libc_lseek(fd, 0, 1) < 0 && errno == EBADF)
        return -1;
    return fd == 0 ? 0x40000001 : (intptr_t)fd;
}

static __inline__ int _open_osfhandle(intptr_t osfhandle, int flags)
{
    (void)flags;
    return osfhandle == 0x40000001 ? 0 : (int)osfhandle;
}

static __inline__ int _fileno(struct _IO_FILE *stream)
{
    return ws2_libc_fileno(stream);
}

/* The modes of streams have t for text, which is nothing here, and c, n, N, S, R, T, D. */
static __inline__ const char *ws2_stream_mode(const char *mode, char *room)
{
    char *to = room;

    for (; *mode != 0 && *mode != ',' && to < room + 15; mode++)
        if (ws2_libc_strchr("rwab+x", *mode) != NULL)
            *to++ = *mode;
    *to = 0;
    return room;
}

static __inline__ errno_t fopen_s(struct _IO_FILE **pFile, const char *filename, const char *mode)
{
    char path[WS2_PATH_ROOM];
    char room[16];

    if (pFile == NULL || filename == NULL || mode == NULL) {
        if (pFile != NULL)
            *pFile = NULL;
        return ws2_refuse(NULL, 0, EINVAL);
    }
    *pFile = ws2_libc_fopen(ws2_path(filename, path), ws2_stream_mode(mode, room));
    return *pFile != NULL ? 0 : errno;
}

static __inline__ errno_t freopen_s(struct _IO_FILE **pFile, const char *path, const char *mode, struct _IO_FILE *stream)
{
    char name[WS2_PATH_ROOM];
    char room[16];

    if (pFile == NULL || mode == NULL || stream == NULL)
        return ws2_refuse(NULL, 0, EINVAL);
    *pFile = ws2_libc_freopen(ws2_path(path, name), ws2_stream_mode(mode, room), stream);
    return *pFile != NULL ? 0 : errno;
}

static __inline__ struct _IO_FILE *_fsopen(const char *filename, const char *mode, int shflag)
{
    char path[WS2_PATH_ROOM];
    char room[16];

    (void)shflag;
    return ws2_libc_fopen(ws2_path(filename, path), ws2_stream_mode(mode, room));
}

static __inline__ struct _IO_FILE *_fdopen(int fd, const char *mode)
{
    char room[16];

    return ws2_libc_fdopen(fd, ws2_stream_mode(mode, room));
}

static __inline__ struct _IO_FILE *_popen(const char *command, const char *mode)
{
    return ws2_libc_popen(command, *mode == 'w' ? "w" : "r");
}

static __inline__ int _pclose(struct _IO_FILE *stream)
{
    return ws2_libc_pclose(stream);
}

static __inline__ errno_t tmpfile_s(struct _IO_FILE **pFile)
{
    if (pFile == NULL)
        return ws2_refuse(NULL, 0, EINVAL);
    *pFile = ws2_libc_tmpfile();
    return *pFile != NULL ? 0 : errno;
}

#ifndef L_tmpnam_s
# define L_tmpnam_s 260
#endif

/* A name that no file has, in the directory for such files (TMP, else TMPDIR, else /tmp). */
static __inline__ errno_t tmpnam_s(char *str, rsize_t sizeInChars)
{
    static const char last[] = "/sXXXXXX";
    const char *directory = ws2_libc_getenv("TMP");
    size_t length = 0;
    int fd;

    if (directory == NULL || *directory == 0)
        directory = ws2_libc_getenv("TMPDIR");
    if (directory == NULL || *directory == 0)
        directory = "/tmp";
    while (directory[length] != 0)
        length++;
    if (str == NULL)
        return ws2_refuse(NULL, 0, EINVAL);
    if (sizeInChars < length + sizeof last)
        return ws2_refuse(str, sizeInChars, ERANGE);
    __builtin_memcpy(str, directory, length);
    __builtin_memcpy(str + length, last, sizeof last);
    fd = ws2_libc_mkstemp(str);
    if (fd == -1)
        return errno;
    ws2_libc_close(fd);
    ws2_libc_unlink(str);
    return 0;
}

static __inline__ int _fseeki64(struct _IO_FILE *stream, long long offset, int origin)
{
    return ws2_libc_fseeko(stream, (long)offset, origin);
}

static __inline__ long long _ftelli64(struct _IO_FILE *stream)
{
    return ws2_libc_ftello(stream);
}

/* The environment, which belongs to <stdlib.h>. */
static __inline__ errno_t getenv_s(size_t *pReturnValue, char *buffer, size_t size, const char *name)
{
    const char *value;

    if (pReturnValue == NULL || name == NULL || (buffer == NULL && size != 0))
        return ws2_refuse(buffer, size, EINVAL);
    value = ws2_libc_getenv(name);
    *pReturnValue = value != NULL ? ws2_libc_strlen(value) + 1 : 0;
    if (value == NULL || size == 0) {
        if (size != 0)
            buffer[0] = 0;
        return 0;
    }
    return *pReturnValue > size ? ws2_refuse(buffer, size, ERANGE) : strcpy_s(buffer, size, value);
}

static __inline__ errno_t _dupenv_s(char **buffer, size_t *length, const char *name)
{
    const char *value;

    if (buffer == NULL || name == NULL)
        return ws2_refuse(NULL, 0, EINVAL);
    value = ws2_libc_getenv(name);
    *buffer = value != NULL ? ws2_libc_strdup(value) : NULL;
    if (length != NULL)
        *length = *buffer != NULL ? ws2_libc_strlen(value) + 1 : 0;
    return value != NULL && *buffer == NULL ? ws2_refuse(NULL, 0, ENOMEM) : 0;
}

/* An empty value removes the variable. */
static __inline__ errno_t _putenv_s(const char *name, const char *value)
{
    if (name == NULL || value == NULL)
        return ws2_refuse(NULL, 0, EINVAL);
    if ((*value != 0 ? ws2_libc_setenv(name, value, 1) : ws2_libc_unsetenv(name)) != 0)
        return errno;
    return 0;
}

static __inline__ int _putenv(const char *text)
{
    const char *equals = text != NULL ? ws2_libc_strchr(text, '=') : NULL;
    char name[256];

    if (equals == NULL || equals == text || (size_t)(equals - text) >= sizeof(name))
        return -1;
    ws2_libc_memcpy(name, text, (size_t)(equals - text));
    name[equals - text] = 0;
    return _putenv_s(name, equals + 1) == 0 ? 0 : -1;
}

/* The real name of a file. */
#ifdef __cplusplus
extern "C" {
#endif
extern int ws2_libc_getpid(void) WS2_LIBC(getpid);
extern int ws2_libc_usleep(unsigned int microseconds) WS2_LIBC(usleep);
#ifdef __cplusplus
}
#endif

/* The whole name, by the texts alone: nobody looks whether there is such a file. */
static __inline__ char *_fullpath(char *absPath, const char *relPath, size_t maxLength)
{
    const char *given = relPath != NULL ? relPath : "";
    char *here = given[0] == '/' || given[0] == '\\' ? NULL : ws2_libc_getcwd(NULL, 0), *whole;
    size_t before = here != NULL ? ws2_libc_strlen(here) : 0, length = ws2_libc_strlen(given), from = 0, to = 0;

    if (here == NULL && given[0] != '/' && given[0] != '\\')
        return NULL;
    whole = (char *)ws2_libc_malloc(before + length + 3);
    if (whole != NULL) {
        if (here != NULL)
            ws2_libc_memmove(whole, here, before);
        whole[before] = '/';
        ws2_libc_memmove(whole + before + 1, given, length + 1);
    }
    ws2_libc_free(here);
    if (whole == NULL)
        return NULL;
    /* Part after part moves to the front, with one slash before each. */
    while (whole[from] != 0) {
        size_t part;

        while (whole[from] == '/' || whole[from] == '\\')
            from++;
        for (part = 0; whole[from + part] != 0 && whole[from + part] != '/' && whole[from + part] != '\\'; part++)
            ;
        if (part == 2 && whole[from] == '.' && whole[from + 1] == '.') {
            while (to > 0 && whole[--to] != '/')
                ;
        } else if (part > 1 || (part == 1 && whole[from] != '.') || (part == 0 && length > 0)) {
            whole[to++] = '/';
            ws2_libc_memmove(whole + to, whole + from, part);
            to += part;
        }
        from += part;
    }
    if (to == 0)
        whole[to++] = '/';
    whole[to] = 0;
    if (absPath == NULL)
        return whole;
    if (to >= maxLength || strcpy_s(absPath, maxLength, whole) != 0) {
        ws2_libc_free(whole);
        errno = ERANGE;
        return NULL;
    }
    ws2_libc_free(whole);
    return absPath;
}

static __inline__ int _getpid(void)
{
    return ws2_libc_getpid();
}

/* Milliseconds. */
static __inline__ void _sleep(unsigned long duration)
{
    for (; duration >= 1000; duration -= 1000)
        ws2_libc_usleep(1000000);
    ws2_libc_usleep((unsigned int)duration * 1000);
}

#ifdef __cplusplus
extern "C++" {
template <size_t N> inline errno_t getenv_s(size_t *pReturnValue, char (&buffer)[N], const char *name)
{
    return getenv_s(pReturnValue, buffer, N, name);
}
}
#endif

#endif
