/* The forms for wide characters of functions that the other programs call by their narrow ones: files, settings, objects, windows. */
#include "check.h"
#include <string.h>

static WCHAR rooms[8][MAX_PATH];

/* A text in wide characters; eight can be in use. */
static WCHAR *wide(const char *text)
{
    static unsigned int next;
    WCHAR *room = rooms[next++ % 8];
    int at = 0;

    do
        room[at] = (WCHAR)(unsigned char)text[at];
    while (text[at++] != 0);
    return room;
}

static BOOL same(const WCHAR *found, const char *expected)
{
    return lstrcmpW(found, wide(expected)) == 0;
}

static void texts(void)
{
    WCHAR room[8];

    CHECK(lstrcmpW(wide("a"), wide("b")) < 0 && lstrcmpiW(wide("Word"), wide("wORD")) == 0 && lstrcmpiW(wide("b"), wide("A")) > 0);
    CHECK(lstrcpyW(room, wide("copied")) == room && same(room, "copied"));
    CHECK(lstrcpynW(room, wide("cut off"), 4) == room && same(room, "cut"));
}

static void files(void)
{
    WIN32_FIND_DATAW found;
    WIN32_FILE_ATTRIBUTE_DATA data;
    WCHAR before[MAX_PATH], now[MAX_PATH], *part = NULL;
    HANDLE file, mapping, again, search;
    char *view;
    DWORD moved = 0;

    CHECK(CreateDirectoryW(wide("a directory"), NULL) && GetCurrentDirectoryW(MAX_PATH, before) == (DWORD)lstrlenW(before));
    CHECK(SetCurrentDirectoryW(wide("a directory")) && GetCurrentDirectoryW(MAX_PATH, now) == (DWORD)lstrlenW(before) + 12);
    file = CreateFileW(wide("one.txt"), GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
    CHECK(WriteFile(file, "content", 7, &moved, NULL) && moved == 7);
    mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 0, wide("a mapping of this test"));
    again = OpenFileMappingW(FILE_MAP_READ, FALSE, wide("a mapping of this test"));
    CHECK(mapping != NULL && again != NULL && OpenFileMappingW(FILE_MAP_READ, FALSE, wide("none")) == NULL);
    view = (char *)MapViewOfFileEx(again, FILE_MAP_READ, 0, 0, 0, NULL);
    CHECK(view != NULL && memcmp(view, "content", 7) == 0 && UnmapViewOfFile(view));
    CHECK(CloseHandle(mapping) && CloseHandle(again) && CloseHandle(file));
    CHECK(CopyFileW(wide("one.txt"), wide("two.txt"), TRUE) && !CopyFileW(wide("one.txt"), wide("two.txt"), TRUE));
    CHECK(GetLastError() == ERROR_FILE_EXISTS && MoveFileExW(wide("two.txt"), wide("three.txt"), MOVEFILE_REPLACE_EXISTING));
    CHECK(GetFileAttributesW(wide("two.txt")) == INVALID_FILE_ATTRIBUTES && GetLastError() == ERROR_FILE_NOT_FOUND);
    CHECK(SetFileAttributesW(wide("three.txt"), FILE_ATTRIBUTE_READONLY));
    CHECK((GetFileAttributesW(wide("three.txt")) & FILE_ATTRIBUTE_READONLY) != 0);
    CHECK(SetFileAttributesW(wide("three.txt"), FILE_ATTRIBUTE_NORMAL));
    CHECK(GetFileAttributesExW(wide("three.txt"), GetFileExInfoStandard, &data) && data.nFileSizeLow == 7);
    CHECK(GetFullPathNameW(wide("three.txt"), MAX_PATH, now, &part) == (DWORD)lstrlenW(now) && part != NULL && same(part, "three.txt"));
    search = FindFirstFileW(wide("*.txt"), &found);
    CHECK(search != INVALID_HANDLE_VALUE && (same(found.cFileName, "one.txt") || same(found.cFileName, "three.txt")));
    CHECK(FindNextFileW(search, &found) && !FindNextFileW(search, &found) && GetLastError() == ERROR_NO_MORE_FILES);
    CHECK(FindClose(search) && DeleteFileW(wide("one.txt")) && DeleteFileW(wide("three.txt")));
    CHECK(SetCurrentDirectoryW(before) && RemoveDirectoryW(wide("a directory")));
}

static void settings(void)
{
    WCHAR room[MAX_PATH], name[MAX_PATH];
    DWORD size = MAX_PATH;
    STARTUPINFOW startup;
    OSVERSIONINFOEXW version;

    CHECK(SetEnvironmentVariableW(wide("A_VARIABLE"), wide("its value")));
    CHECK(GetEnvironmentVariableW(wide("A_VARIABLE"), room, MAX_PATH) == 9 && same(room, "its value"));
    CHECK(ExpandEnvironmentStringsW(wide("<%A_VARIABLE%>"), room, MAX_PATH) == 12 && same(room, "<its value>"));
    CHECK(GetUserNameW(name, &size) && size == (DWORD)lstrlenW(name) + 1);
    GetStartupInfoW(&startup);
    CHECK(startup.cb == sizeof startup);
    memset(&version, 0, sizeof version);
    version.dwOSVersionInfoSize = sizeof version;
    version.dwMajorVersion = 6;
    CHECK(VerifyVersionInfoW(&version, VER_MAJORVERSION, VerSetConditionMask(0, VER_MAJORVERSION, VER_GREATER_EQUAL)));
    CHECK(GetModuleFileNameW(NULL, room, MAX_PATH) == (DWORD)lstrlenW(room));
    CHECK(GetModuleHandleW(wide("kernel32.dll")) != NULL && GetModuleHandleW(wide("no such library")) == NULL);
    CHECK(LoadLibraryExW(wide("kernel32.dll"), NULL, 0) == GetModuleHandleW(wide("kernel32.dll")));
    CHECK(LoadLibraryExA("no such library.dll", NULL, 0) == NULL && GetLastError() == ERROR_MOD_NOT_FOUND);
    CHECK(SetConsoleTitleW(wide("a title")) || GetLastError() != 0);
    CHECK(GetConsoleTitleW(room, MAX_PATH) == 0 || same(room, "a title"));
}

static void objects(void)
{
    HANDLE mutex = CreateMutexExW(NULL, wide("a mutex"), CREATE_MUTEX_INITIAL_OWNER, MUTEX_ALL_ACCESS);
    HANDLE semaphore = CreateSemaphoreW(NULL, 1, 1, wide("a semaphore"));
    HANDLE timer = CreateWaitableTimerW(NULL, TRUE, wide("a timer"));
    HANDLE other = OpenMutexW(MUTEX_ALL_ACCESS, FALSE, wide("a mutex"));

    CHECK(mutex != NULL && semaphore != NULL && timer != NULL);
    CHECK(other != NULL && ReleaseMutex(other) && !ReleaseMutex(mutex) && GetLastError() == ERROR_NOT_OWNER && CloseHandle(other));
    other = OpenSemaphoreW(SEMAPHORE_ALL_ACCESS, FALSE, wide("a semaphore"));
    CHECK(other != NULL && WaitForSingleObject(other, 0) == WAIT_OBJECT_0 && WaitForSingleObject(semaphore, 0) == WAIT_TIMEOUT);
    CHECK(CloseHandle(other) && OpenSemaphoreW(SEMAPHORE_ALL_ACCESS, FALSE, wide("no semaphore")) == NULL);
    other = CreateSemaphoreExW(NULL, 1, 2, wide("a semaphore"), 0, SEMAPHORE_ALL_ACCESS);
    CHECK(other != NULL && GetLastError() == ERROR_ALREADY_EXISTS && CloseHandle(other));
    other = OpenWaitableTimerW(TIMER_ALL_ACCESS, FALSE, wide("a timer"));
    CHECK(other != NULL && WaitForSingleObject(other, 0) == WAIT_TIMEOUT && CloseHandle(other));
    other = CreateWaitableTimerExW(NULL, wide("a timer"), 0, TIMER_ALL_ACCESS);
    CHECK(other != NULL && GetLastError() == ERROR_ALREADY_EXISTS && CloseHandle(other));
    CHECK(CloseHandle(mutex) && CloseHandle(semaphore) && CloseHandle(timer));
}

static LRESULT CALLBACK procedure(HWND window, UINT message, WPARAM first, LPARAM second)
{
    return message == WM_USER ? (LRESULT)first + 1 : DefWindowProcW(window, message, first, second);
}

static LRESULT CALLBACK another(HWND window, UINT message, WPARAM first, LPARAM second)
{
    return message == WM_USER ? 1000 : CallWindowProcW(procedure, window, message, first, second);
}

static void windows(void)
{
    WNDCLASSW one;
    WNDCLASSEXW more;
    WNDCLASSEXA narrow;
    MSG message;
    HWND window;

    memset(&one, 0, sizeof one);
    memset(&more, 0, sizeof more);
    memset(&narrow, 0, sizeof narrow);
    one.lpfnWndProc = procedure;
    one.hInstance = GetModuleHandleW(NULL);
    one.hCursor = LoadCursorW(NULL, (LPCWSTR)IDC_ARROW);
    one.hIcon = LoadIconW(NULL, (LPCWSTR)IDI_APPLICATION);
    one.lpszClassName = wide("a class");
    CHECK(one.hCursor != NULL && one.hIcon != NULL && RegisterClassW(&one) != 0);
    more.cbSize = sizeof more;
    more.lpfnWndProc = procedure;
    more.hInstance = one.hInstance;
    more.lpszClassName = wide("another class");
    CHECK(RegisterClassExW(&more) != 0 && RegisterClassExW(&more) == 0 && GetLastError() == ERROR_CLASS_ALREADY_EXISTS);
    narrow.cbSize = sizeof narrow;
    narrow.lpfnWndProc = procedure;
    narrow.hInstance = one.hInstance;
    narrow.hCursor = LoadCursorA(NULL, (LPCSTR)IDC_ARROW);
    narrow.hIcon = LoadIconA(NULL, (LPCSTR)IDI_APPLICATION);
    narrow.lpszClassName = "a narrow class";
    CHECK(RegisterClassExA(&narrow) != 0);
    window = CreateWindowExW(0, wide("a class"), wide("title"), 0, 0, 0, 0, 0, NULL, NULL, one.hInstance, NULL);
    CHECK(window != NULL && !ShowWindow(window, SW_HIDE) && UpdateWindow(window));
    CHECK(SetWindowLongW(window, GWLP_USERDATA, 5) == 0 && GetWindowLongW(window, GWLP_USERDATA) == 5);
    CHECK(SendMessageW(window, WM_USER, 41, 0) == 42 && PostMessageW(window, WM_USER, 1, 2) && WaitMessage());
    CHECK(PeekMessageW(&message, window, WM_USER, WM_USER, PM_REMOVE) && message.wParam == 1 && DispatchMessageW(&message) == 2);
    CHECK((WNDPROC)SetWindowLongPtrW(window, GWLP_WNDPROC, (LONG_PTR)another) == procedure);
    CHECK(SendMessageW(window, WM_USER, 0, 0) == 1000 && SendMessageW(window, WM_USER + 1, 0, 0) == 0);
    CHECK(RegisterWindowMessageW(wide("a message")) == RegisterWindowMessageA("a message"));
    CHECK(PostThreadMessageW(GetCurrentThreadId(), WM_USER, 7, 8) && GetMessageW(&message, NULL, 0, 0) > 0 && message.lParam == 8);
    CHECK(DestroyWindow(window) && UnregisterClassW(wide("a class"), one.hInstance));
    CHECK(GetSystemMetrics(12345) == 0);
}

static void programs(char *self)
{
    STARTUPINFOW startup;
    PROCESS_INFORMATION started;
    WCHAR line[2 * MAX_PATH];
    DWORD code = 0;

    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    lstrcpyW(line, wide("\""));
    CHECK(MultiByteToWideChar(CP_ACP, 0, self, -1, line + 1, MAX_PATH) > 0);
    lstrcpyW(line + lstrlenW(line), wide("\" child"));
    CHECK(CreateProcessW(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &started));
    CHECK(WaitForSingleObject(started.hProcess, INFINITE) == WAIT_OBJECT_0 && GetExitCodeProcess(started.hProcess, &code));
    CHECK(code == 7 && CloseHandle(started.hProcess) && CloseHandle(started.hThread));
    CHECK(WinExec("no such program of this test", SW_HIDE) == ERROR_FILE_NOT_FOUND);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        ExitProcess(7);
    texts();
    files();
    settings();
    objects();
    windows();
    programs(argv[0]);
    return result();
}
