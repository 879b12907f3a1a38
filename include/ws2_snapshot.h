/* What a snapshot tells, how it is taken and gone through. Part of tlhelp32.h. */
#ifndef WS2_SNAPSHOT_H
#define WS2_SNAPSHOT_H
#pragma GCC system_header

#include "windows.h"

#define MAX_MODULE_NAME32     255

#define TH32CS_SNAPHEAPLIST   0x00000001
#define TH32CS_SNAPPROCESS    0x00000002
#define TH32CS_SNAPTHREAD     0x00000004
#define TH32CS_SNAPMODULE     0x00000008
#define TH32CS_SNAPMODULE32   0x00000010
#define TH32CS_SNAPALL        (TH32CS_SNAPHEAPLIST | TH32CS_SNAPPROCESS | TH32CS_SNAPTHREAD | TH32CS_SNAPMODULE)
#define TH32CS_INHERIT        0x80000000

typedef struct tagPROCESSENTRY32 {
    DWORD     dwSize;
    DWORD     cntUsage;
    DWORD     th32ProcessID;
    ULONG_PTR th32DefaultHeapID;
    DWORD     th32ModuleID;
    DWORD     cntThreads;
    DWORD     th32ParentProcessID;
    LONG      pcPriClassBase;
    DWORD     dwFlags;
    CHAR      szExeFile[MAX_PATH];
} PROCESSENTRY32, *PPROCESSENTRY32, *LPPROCESSENTRY32;

typedef struct tagPROCESSENTRY32W {
    DWORD     dwSize;
    DWORD     cntUsage;
    DWORD     th32ProcessID;
    ULONG_PTR th32DefaultHeapID;
    DWORD     th32ModuleID;
    DWORD     cntThreads;
    DWORD     th32ParentProcessID;
    LONG      pcPriClassBase;
    DWORD     dwFlags;
    WCHAR     szExeFile[MAX_PATH];
} PROCESSENTRY32W, *PPROCESSENTRY32W, *LPPROCESSENTRY32W;

typedef struct tagTHREADENTRY32 {
    DWORD dwSize;
    DWORD cntUsage;
    DWORD th32ThreadID;
    DWORD th32OwnerProcessID;
    LONG  tpBasePri;
    LONG  tpDeltaPri;
    DWORD dwFlags;
} THREADENTRY32, *PTHREADENTRY32, *LPTHREADENTRY32;

typedef struct tagMODULEENTRY32 {
    DWORD   dwSize;
    DWORD   th32ModuleID;
    DWORD   th32ProcessID;
    DWORD   GlblcntUsage;
    DWORD   ProccntUsage;
    BYTE   *modBaseAddr;
    DWORD   modBaseSize;
    HMODULE hModule;
    char    szModule[MAX_MODULE_NAME32 + 1];
    char    szExePath[MAX_PATH];
} MODULEENTRY32, *PMODULEENTRY32, *LPMODULEENTRY32;

typedef struct tagMODULEENTRY32W {
    DWORD   dwSize;
    DWORD   th32ModuleID;
    DWORD   th32ProcessID;
    DWORD   GlblcntUsage;
    DWORD   ProccntUsage;
    BYTE   *modBaseAddr;
    DWORD   modBaseSize;
    HMODULE hModule;
    WCHAR   szModule[MAX_MODULE_NAME32 + 1];
    WCHAR   szExePath[MAX_PATH];
} MODULEENTRY32W, *PMODULEENTRY32W, *LPMODULEENTRY32W;

/* The lists of a snapshot. */
enum { WS2_SNAPSHOT_PROCESSES, WS2_SNAPSHOT_THREADS, WS2_SNAPSHOT_MODULES, WS2_SNAPSHOT_LISTS };

/* A list that grows, of entries that begin with their size. */
struct ws2_snapshot_list {
    char  *entries;
    SIZE_T each, count, room;
};

#define WS2_SNAPSHOT_MAGIC 0x57533253u

/* What the section begins with. The lists follow. */
struct ws2_snapshot {
    DWORD         magic;
    volatile LONG next[WS2_SNAPSHOT_LISTS];
    SIZE_T        from[WS2_SNAPSHOT_LISTS], each[WS2_SNAPSHOT_LISTS], count[WS2_SNAPSHOT_LISTS];
};

/* Room for one more entry, filled with zeros but for its size; NULL without memory. */
static __inline__ void *ws2_snapshot_more(struct ws2_snapshot_list *list)
{
    char *entry;

    if (list->count == list->room) {
        SIZE_T room = list->room == 0 ? 64 : list->room * 2;
        void *more = list->entries == NULL ? HeapAlloc(GetProcessHeap(), 0, room * list->each)
                                           : HeapReAlloc(GetProcessHeap(), 0, list->entries, room * list->each);
        if (more == NULL)
            return NULL;
        list->entries = (char *)more;
        list->room = room;
    }
    entry = list->entries + list->count++ * list->each;
    ZeroMemory(entry, list->each);
    *(DWORD *)(void *)entry = (DWORD)list->each;
    return entry;
}

static __inline__ void ws2_snapshot_append(char *to, SIZE_T room, const char *text, SIZE_T length)
{
    SIZE_T at = 0, from;

    while (at + 1 < room && to[at] != 0)
        at++;
    for (from = 0; at + 1 < room && from < length && text[from] != 0; at++, from++)
        to[at] = text[from];
    to[at] = 0;
}

/* The text of a file of /proc, to be freed; NULL and the last error where there is none. */
static __inline__ char *ws2_snapshot_text(const char *path, SIZE_T *length)
{
    HANDLE file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    SIZE_T room = 4096;
    char *text;

    *length = 0;
    if (file == INVALID_HANDLE_VALUE)
        return NULL;
    text = (char *)HeapAlloc(GetProcessHeap(), 0, room);
    while (text != NULL) {
        DWORD got = 0;
        if (!ReadFile(file, text + *length, (DWORD)(room - *length - 1), &got, NULL)) {
            HeapFree(GetProcessHeap(), 0, text);
            text = NULL;
            break;
        }
        *length += got;
        text[*length] = 0;
        if (got == 0)
            break;
        if (*length + 1 == room) {
            char *more = (char *)HeapReAlloc(GetProcessHeap(), 0, text, room * 2);
            if (more == NULL)
                HeapFree(GetProcessHeap(), 0, text);
            text = more;
            room *= 2;
        }
    }
    CloseHandle(file);
    return text;
}

static __inline__ ULONG_PTR ws2_snapshot_number(const char **at, unsigned base)
{
    ULONG_PTR number = 0;

    for (;; ++*at) {
        char c = **at;
        unsigned digit = c >= '0' && c <= '9' ? (unsigned)(c - '0') : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 99;
        if (digit >= base)
            return number;
        number = number * base + digit;
    }
}

/* Past the next `count` words. */
static __inline__ const char *ws2_snapshot_skip(const char *at, int count)
{
    for (; count > 0; count--) {
        while (*at == ' ')
            at++;
        while (*at != 0 && *at != ' ' && *at != '\n')
            at++;
    }
    while (*at == ' ')
        at++;
    return at;
}

static __inline__ void ws2_snapshot_path(char *to, SIZE_T room, DWORD process, const char *rest)
{
    char digits[11];
    int at = 10;

    digits[10] = 0;
    do
        digits[--at] = (char)('0' + process % 10);
    while ((process /= 10) != 0);
    to[0] = 0;
    ws2_snapshot_append(to, room, "/proc/", 6);
    ws2_snapshot_append(to, room, digits + at, 10);
    ws2_snapshot_append(to, room, rest, room);
}

static __inline__ const char *ws2_snapshot_base(const char *path)
{
    const char *base = path;

    for (; *path != 0; path++)
        if (*path == '/')
            base = path + 1;
    return base;
}

/* The priority that goes with a nice value: that of Windows' classes. */
static __inline__ LONG ws2_snapshot_priority(const char *at)
{
    BOOL negative = *at == '-';
    ULONG_PTR nice;

    at += negative;
    nice = ws2_snapshot_number(&at, 10);
    return nice == 0 ? 8 : negative ? 13 : 4;
}

/* The name of a process' program: that of its first argument where /proc cuts the name after 15 bytes. */
static __inline__ void ws2_snapshot_name(PROCESSENTRY32 *entry, DWORD process, const char *name, SIZE_T length)
{
    char path[64];
    SIZE_T size, at = 0;
    char *arguments;

    ws2_snapshot_append(entry->szExeFile, MAX_PATH, name, length);
    ws2_snapshot_path(path, sizeof path, process, "/cmdline");
    arguments = length < 15 ? NULL : ws2_snapshot_text(path, &size);
    if (arguments != NULL) {
        const char *base = ws2_snapshot_base(arguments);
        while (at < length && base[at] == name[at])
            at++;
        if (at == length)
            ws2_snapshot_append(entry->szExeFile, MAX_PATH, base + at, MAX_PATH);
        HeapFree(GetProcessHeap(), 0, arguments);
    }
}

/* One process; FALSE without memory. One that has ended meanwhile is left out. */
static __inline__ BOOL ws2_snapshot_process(struct ws2_snapshot_list *list, DWORD process, LONG *priority)
{
    char path[64];
    SIZE_T length;
    char *text;
    const char *name, *end = NULL, *at;
    PROCESSENTRY32 *entry;

    *priority = 8;
    ws2_snapshot_path(path, sizeof path, process, "/stat");
    text = ws2_snapshot_text(path, &length);
    if (text == NULL)
        return GetLastError() != ERROR_NOT_ENOUGH_MEMORY;
    for (name = text; *name != 0 && *name != '('; name++)
        ;
    for (at = name; *at != 0; at++)
        if (*at == ')')
            end = at;
    if (end != NULL) {
        *priority = ws2_snapshot_priority(ws2_snapshot_skip(end + 1, 16));
        entry = list == NULL ? NULL : (PROCESSENTRY32 *)ws2_snapshot_more(list);
        if (entry != NULL) {
            at = ws2_snapshot_skip(end + 1, 1);
            entry->th32ProcessID = process;
            entry->th32ParentProcessID = (DWORD)ws2_snapshot_number(&at, 10);
            at = ws2_snapshot_skip(end + 1, 17);
            entry->cntThreads = (DWORD)ws2_snapshot_number(&at, 10);
            entry->pcPriClassBase = *priority;
            ws2_snapshot_name(entry, process, name + 1, (SIZE_T)(end - name - 1));
        } else if (list != NULL) {
            HeapFree(GetProcessHeap(), 0, text);
            return FALSE;
        }
    }
    HeapFree(GetProcessHeap(), 0, text);
    return TRUE;
}

/* Goes through the numbers in a directory: 0 at its end. */
static __inline__ DWORD ws2_snapshot_next(HANDLE *search, const char *pattern)
{
    WIN32_FIND_DATAA found;

    for (;;) {
        const char *at = found.cFileName;
        DWORD number;

        if (*search == INVALID_HANDLE_VALUE) {
            *search = FindFirstFileA(pattern, &found);
            if (*search == INVALID_HANDLE_VALUE)
                return 0;
        } else if (!FindNextFileA(*search, &found)) {
            FindClose(*search);
            *search = INVALID_HANDLE_VALUE;
            return 0;
        }
        number = (DWORD)ws2_snapshot_number(&at, 10);
        if (*at == 0 && number != 0)
            return number;
    }
}

static __inline__ BOOL ws2_snapshot_threads(struct ws2_snapshot_list *list, DWORD process, LONG priority)
{
    HANDLE search = INVALID_HANDLE_VALUE;
    char pattern[64];
    DWORD thread;

    ws2_snapshot_path(pattern, sizeof pattern, process, "/task/*");
    while ((thread = ws2_snapshot_next(&search, pattern)) != 0) {
        THREADENTRY32 *entry = (THREADENTRY32 *)ws2_snapshot_more(list);
        if (entry == NULL) {
            FindClose(search);
            return FALSE;
        }
        entry->th32ThreadID = thread;
        entry->th32OwnerProcessID = process;
        entry->tpBasePri = priority;
    }
    return TRUE;
}

static __inline__ BOOL ws2_snapshot_processes(struct ws2_snapshot_list *lists, DWORD flags)
{
    HANDLE search = INVALID_HANDLE_VALUE;
    DWORD process;

    while ((process = ws2_snapshot_next(&search, "/proc/*")) != 0) {
        LONG priority;
        struct ws2_snapshot_list *list = flags & TH32CS_SNAPPROCESS ? &lists[WS2_SNAPSHOT_PROCESSES] : NULL;
        if (!ws2_snapshot_process(list, process, &priority)
            || (flags & TH32CS_SNAPTHREAD && !ws2_snapshot_threads(&lists[WS2_SNAPSHOT_THREADS], process, priority))) {
            FindClose(search);
            return FALSE;
        }
    }
    return TRUE;
}

/* The files that a process has mapped, each from its first to its last byte. */
static __inline__ BOOL ws2_snapshot_modules(struct ws2_snapshot_list *list, DWORD process)
{
    char path[64];
    SIZE_T length, at;
    char *text, *line;

    ws2_snapshot_path(path, sizeof path, process, "/maps");
    text = ws2_snapshot_text(path, &length);
    if (text == NULL) {
        if (GetLastError() == ERROR_FILE_NOT_FOUND || GetLastError() == ERROR_PATH_NOT_FOUND)
            SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    for (line = text; *line != 0;) {
        const char *word = line, *file;
        ULONG_PTR from, to;
        char *end = line;
        MODULEENTRY32 *entry = NULL;

        while (*end != 0 && *end != '\n')
            end++;
        if (*end == '\n')
            *end++ = 0;
        from = ws2_snapshot_number(&word, 16);
        word += *word == '-';
        to = ws2_snapshot_number(&word, 16);
        file = ws2_snapshot_skip(line, 5);
        line = end;
        if (*file != '/')
            continue;
        for (at = 0; at < list->count && entry == NULL; at++) {
            MODULEENTRY32 *one = (MODULEENTRY32 *)(void *)(list->entries + at * list->each);
            if (lstrcmpA(one->szExePath, file) == 0)
                entry = one;
        }
        if (entry == NULL) {
            entry = (MODULEENTRY32 *)ws2_snapshot_more(list);
            if (entry == NULL) {
                HeapFree(GetProcessHeap(), 0, text);
                SetLastError(ERROR_NOT_ENOUGH_MEMORY);
                return FALSE;
            }
            entry->th32ModuleID = 1;
            entry->th32ProcessID = process;
            entry->GlblcntUsage = entry->ProccntUsage = 0xFFFF;
            entry->modBaseAddr = (BYTE *)from;
            entry->hModule = (HMODULE)from;
            ws2_snapshot_append(entry->szExePath, MAX_PATH, file, MAX_PATH);
            ws2_snapshot_append(entry->szModule, MAX_MODULE_NAME32 + 1, ws2_snapshot_base(file), MAX_PATH);
        }
        entry->modBaseSize = (DWORD)(to - (ULONG_PTR)entry->modBaseAddr);
    }
    HeapFree(GetProcessHeap(), 0, text);
    return TRUE;
}

/* Puts the lists into a section. */
static __inline__ HANDLE ws2_snapshot_made(const struct ws2_snapshot_list *lists, DWORD flags)
{
    SECURITY_ATTRIBUTES security;
    SIZE_T size = sizeof(struct ws2_snapshot);
    struct ws2_snapshot *snapshot;
    HANDLE section;
    int list;

    security.nLength = sizeof security;
    security.lpSecurityDescriptor = NULL;
    security.bInheritHandle = (flags & TH32CS_INHERIT) != 0;
    for (list = 0; list < WS2_SNAPSHOT_LISTS; list++)
        size += lists[list].count * lists[list].each;
    section = CreateFileMappingA(INVALID_HANDLE_VALUE, &security, PAGE_READWRITE, (DWORD)(size >> 32), (DWORD)size, NULL);
    if (section == NULL)
        return INVALID_HANDLE_VALUE;
    snapshot = (struct ws2_snapshot *)MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, 0);
    if (snapshot == NULL) {
        CloseHandle(section);
        return INVALID_HANDLE_VALUE;
    }
    size = sizeof *snapshot;
    for (list = 0; list < WS2_SNAPSHOT_LISTS; list++) {
        snapshot->from[list] = size;
        snapshot->each[list] = lists[list].each;
        snapshot->count[list] = lists[list].count;
        if (lists[list].count > 0)
            CopyMemory((char *)snapshot + size, lists[list].entries, lists[list].count * lists[list].each);
        size += lists[list].count * lists[list].each;
    }
    snapshot->magic = WS2_SNAPSHOT_MAGIC;
    UnmapViewOfFile(snapshot);
    return section;
}

static __inline__ HANDLE ws2_snapshot_take(DWORD flags, DWORD process)
{
    struct ws2_snapshot_list lists[WS2_SNAPSHOT_LISTS];
    HANDLE snapshot = INVALID_HANDLE_VALUE;
    BOOL told = TRUE;
    int list;

    if ((flags & (TH32CS_SNAPALL | TH32CS_SNAPMODULE32)) == 0) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return INVALID_HANDLE_VALUE;
    }
    ZeroMemory(lists, sizeof lists);
    lists[WS2_SNAPSHOT_PROCESSES].each = sizeof(PROCESSENTRY32);
    lists[WS2_SNAPSHOT_THREADS].each = sizeof(THREADENTRY32);
    lists[WS2_SNAPSHOT_MODULES].each = sizeof(MODULEENTRY32);
    if (flags & (TH32CS_SNAPMODULE | TH32CS_SNAPMODULE32))
        told = ws2_snapshot_modules(&lists[WS2_SNAPSHOT_MODULES], process == 0 ? GetCurrentProcessId() : process);
    if (told && flags & (TH32CS_SNAPPROCESS | TH32CS_SNAPTHREAD)) {
        told = ws2_snapshot_processes(lists, flags);
        if (!told)
            SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    }
    if (told)
        snapshot = ws2_snapshot_made(lists, flags);
    for (list = 0; list < WS2_SNAPSHOT_LISTS; list++)
        if (lists[list].entries != NULL)
            HeapFree(GetProcessHeap(), 0, lists[list].entries);
    return snapshot;
}

/* Tells the first entry of a list, or the next one. */
static __inline__ BOOL ws2_snapshot_tell(HANDLE handle, int list, BOOL first, void *entry, SIZE_T size)
{
    struct ws2_snapshot *snapshot;
    DWORD code = 0;

    if (*(DWORD *)entry < size) {
        SetLastError(ERROR_BAD_LENGTH);
        return FALSE;
    }
    snapshot = (struct ws2_snapshot *)MapViewOfFile(handle, FILE_MAP_WRITE, 0, 0, 0);
    if (snapshot == NULL)
        return FALSE;
    if (snapshot->magic != WS2_SNAPSHOT_MAGIC) {
        code = ERROR_INVALID_HANDLE;
    } else {
        SIZE_T at;
        if (first)
            snapshot->next[list] = 0;
        at = (SIZE_T)snapshot->next[list];
        if (at >= snapshot->count[list]) {
            code = ERROR_NO_MORE_FILES;
        } else {
            snapshot->next[list]++;
            CopyMemory(entry, (char *)snapshot + snapshot->from[list] + at * size, size);
        }
    }
    UnmapViewOfFile(snapshot);
    if (code != 0)
        SetLastError(code);
    return code == 0;
}

#endif
