/* Files by a pattern, as the C run-time finds them: _findfirst, _findnext, _findclose, and the wide forms. Part of io.h. */
#ifndef WS2_CRT_FIND_H
#define WS2_CRT_FIND_H
#pragma GCC system_header

#include "ws2_crt_wide.h"

#define _A_NORMAL 0x00
#define _A_RDONLY 0x01
#define _A_HIDDEN 0x02
#define _A_SYSTEM 0x04
#define _A_SUBDIR 0x10
#define _A_ARCH   0x20

typedef unsigned int _fsize_t;

/* Times are seconds since 1970, sizes bytes. The names differ on Windows in how many bits these have. */
struct _finddata_t {
    unsigned int attrib;
    long    time_create, time_access, time_write;
    _fsize_t     size;
    char         name[260];
};

struct _finddatai64_t {
    unsigned int attrib;
    long    time_create, time_access, time_write;
    long    size;
    char         name[260];
};

struct _wfinddata_t {
    unsigned int attrib;
    long    time_create, time_access, time_write;
    _fsize_t     size;
    wchar_t      name[260];
};

#define _finddata64i32_t _finddata_t
#define _finddata32_t    _finddata_t
#define __finddata64_t   _finddatai64_t
#define _finddata64_t    _finddatai64_t

/* WIN32_FIND_DATAA, without the types of windows.h. */
struct ws2_find_data {
    unsigned int attributes, times[6], size_high, size_low, reserved[2];
    char         name[260], other[14];
};

#ifdef __cplusplus
extern "C" {
#endif
extern void *ws2_find_first(const char *pattern, struct ws2_find_data *data) WS2_LIBC(ws2_FindFirstFileA);
extern int ws2_find_next(void *search, struct ws2_find_data *data) WS2_LIBC(ws2_FindNextFileA);
extern int ws2_find_close(void *search) WS2_LIBC(ws2_FindClose);
extern unsigned int ws2_find_error(void) WS2_LIBC(ws2_GetLastError);
#ifdef __cplusplus
}
#endif

static __inline__ long ws2_find_time(const unsigned int *halves)
{
    return ((long)((unsigned long)halves[1] << 32 | halves[0]) - 116444736000000000) / 10000000;
}

/* Nothing found is ENOENT, a bad pattern EINVAL. */
static __inline__ int ws2_find_failed(void)
{
    switch (ws2_find_error()) {
    case 2: case 3: case 18: errno = ENOENT; break;
    case 8: errno = ENOMEM; break;
    default: errno = EINVAL; break;
    }
    return -1;
}

#define WS2_FIND(structure, size_type, begin, go_on)                                           \
    static __inline__ void ws2_tell_##begin(const struct ws2_find_data *data, struct structure *to) \
    {                                                                                          \
        to->attrib = data->attributes & 0x37;                                                  \
        to->time_create = ws2_find_time(data->times);                                          \
        to->time_access = ws2_find_time(data->times + 2);                                      \
        to->time_write = ws2_find_time(data->times + 4);                                       \
        to->size = (size_type)((unsigned long)data->size_high << 32 | data->size_low);            \
        ws2_libc_memcpy(to->name, data->name, sizeof to->name);                                \
    }                                                                                          \
                                                                                               \
    static __inline__ intptr_t begin(const char *filespec, struct structure *fileinfo)       \
    {                                                                                          \
        struct ws2_find_data data;                                                             \
        void *search;                                                                          \
                                                                                               \
        if (filespec == NULL || fileinfo == NULL) {                                            \
            errno = EINVAL;                                                                    \
            return -1;                                                                         \
        }                                                                                      \
        search = ws2_find_first(filespec, &data);                                              \
        if (search == (void *)-1)                                                              \
            return ws2_find_failed();                                                          \
        ws2_tell_##begin(&data, fileinfo);                                                     \
        return (intptr_t)search;                                                             \
    }                                                                                          \
                                                                                               \
    static __inline__ int go_on(intptr_t handle, struct structure *fileinfo)                 \
    {                                                                                          \
        struct ws2_find_data data;                                                             \
                                                                                               \
        if (fileinfo == NULL) {                                                                \
            errno = EINVAL;                                                                    \
            return -1;                                                                         \
        }                                                                                      \
        if (!ws2_find_next((void *)handle, &data))                                             \
            return ws2_find_failed();                                                          \
        ws2_tell_##begin(&data, fileinfo);                                                     \
        return 0;                                                                              \
    }

WS2_FIND(_finddata_t, _fsize_t, ws2_findfirst, ws2_findnext)
WS2_FIND(_finddatai64_t, long, ws2_findfirsti64, ws2_findnexti64)
#undef WS2_FIND

static __inline__ intptr_t _findfirst(const char *filespec, struct _finddata_t *fileinfo)
{
    return ws2_findfirst(filespec, fileinfo);
}

static __inline__ int _findnext(intptr_t handle, struct _finddata_t *fileinfo)
{
    return ws2_findnext(handle, fileinfo);
}

static __inline__ intptr_t _findfirsti64(const char *filespec, struct _finddatai64_t *fileinfo)
{
    return ws2_findfirsti64(filespec, fileinfo);
}

static __inline__ int _findnexti64(intptr_t handle, struct _finddatai64_t *fileinfo)
{
    return ws2_findnexti64(handle, fileinfo);
}

#define _findfirst64i32 _findfirst
#define _findnext64i32  _findnext
#define _findfirst32    _findfirst
#define _findnext32     _findnext
#define _findfirst64    _findfirsti64
#define _findnext64     _findnexti64

static __inline__ int _findclose(intptr_t handle)
{
    if (ws2_find_close((void *)handle))
        return 0;
    errno = EINVAL;
    return -1;
}

static __inline__ int ws2_find_wide(const struct _finddata_t *from, struct _wfinddata_t *to)
{
    size_t length;
    errno_t failed = mbstowcs_s(&length, to->name, 260, from->name, _TRUNCATE);

    to->attrib = from->attrib;
    to->time_create = from->time_create;
    to->time_access = from->time_access;
    to->time_write = from->time_write;
    to->size = from->size;
    if (failed != 0 && failed != STRUNCATE)
        errno = failed;
    return failed == 0 || failed == STRUNCATE ? 0 : -1;
}

static __inline__ int _wfindnext(intptr_t handle, struct _wfinddata_t *fileinfo)
{
    struct _finddata_t narrow;

    return _findnext(handle, &narrow) != 0 ? -1 : ws2_find_wide(&narrow, fileinfo);
}

static __inline__ intptr_t _wfindfirst(const wchar_t *filespec, struct _wfinddata_t *fileinfo)
{
    char pattern[WS2_WIDE_ROOM];
    struct _finddata_t narrow;
    intptr_t search;

    if (ws2_of_wide(filespec, pattern) == NULL || fileinfo == NULL) {
        if (fileinfo == NULL)
            errno = EINVAL;
        return -1;
    }
    search = _findfirst(pattern, &narrow);
    if (search != -1 && ws2_find_wide(&narrow, fileinfo) != 0) {
        _findclose(search);
        search = -1;
    }
    return search;
}

#endif
