/* Windows, classes, messages and timers that are none: what is told, and that nothing is done. */
#include "bad.h"

static LRESULT CALLBACK procedure(HWND window, UINT message, WPARAM one, LPARAM two)
{
    return DefWindowProcA(window, message, one, two);
}

static void of_windows(HWND w)
{
    MSG message;
    DWORD process = UNTOUCHED;

    CHECK(!IsWindow(w));
    FAILS(DestroyWindow(w), FALSE, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(ShowWindow(w, SW_SHOW), FALSE, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(UpdateWindow(w), FALSE, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(SendMessageA(w, WM_USER, 0, 0), 0, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(SendMessageW(w, WM_USER, 0, 0), 0, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(GetWindowLongA(w, GWL_STYLE), 0, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(GetWindowLongW(w, GWL_STYLE), 0, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(GetWindowLongPtrA(w, GWLP_USERDATA), 0, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(GetWindowLongPtrW(w, GWLP_USERDATA), 0, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(SetWindowLongA(w, GWL_STYLE, 1), 0, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(SetWindowLongW(w, GWL_STYLE, 1), 0, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(SetWindowLongPtrA(w, GWLP_USERDATA, 1), 0, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(SetWindowLongPtrW(w, GWLP_USERDATA, 1), 0, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(GetWindowThreadProcessId(w, &process), 0, ERROR_INVALID_WINDOW_HANDLE);
    CHECK(process == UNTOUCHED);
    if (w == NULL)
        return;
    FAILS(PostMessageA(w, WM_USER, 0, 0), FALSE, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(PostMessageW(w, WM_USER, 0, 0), FALSE, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(GetMessageA(&message, w, 0, 0), -1, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(GetMessageW(&message, w, 0, 0), -1, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(PeekMessageA(&message, w, 0, 0, PM_REMOVE), FALSE, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(PeekMessageW(&message, w, 0, 0, PM_REMOVE), FALSE, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(SetTimer(w, 1, 1000, NULL), 0, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(KillTimer(w, 1), FALSE, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(CreateWindowExA(0, "good class", "x", 0, 0, 0, 0, 0, w, NULL, NULL, NULL), NULL, ERROR_INVALID_WINDOW_HANDLE);
    FAILS(CreateWindowExW(0, wide("good class"), NULL, WS_CHILD, 0, 0, 0, 0, w, NULL, NULL, NULL), NULL, ERROR_INVALID_WINDOW_HANDLE);
    memset(&message, 0, sizeof message);
    message.hwnd = w, message.message = WM_USER;
    CHECK(DispatchMessageA(&message) == 0 && DispatchMessageW(&message) == 0 && !TranslateMessage(&message));
    CHECK(DefWindowProcA(w, WM_USER, 0, 0) == 0 && DefWindowProcW(w, WM_USER, 0, 0) == 0);
}

static void classes(void)
{
    WNDCLASSA one;
    WNDCLASSW two;
    WNDCLASSEXA three;
    WNDCLASSEXW four;
    HWND window;

    memset(&one, 0, sizeof one), memset(&two, 0, sizeof two), memset(&three, 0, sizeof three), memset(&four, 0, sizeof four);
    three.cbSize = sizeof three, four.cbSize = sizeof four;
    one.lpfnWndProc = two.lpfnWndProc = three.lpfnWndProc = four.lpfnWndProc = procedure;
    /* No name. */
    FAILS(RegisterClassA(&one), 0, ERROR_INVALID_PARAMETER);
    FAILS(RegisterClassW(&two), 0, ERROR_INVALID_PARAMETER);
    FAILS(RegisterClassExA(&three), 0, ERROR_INVALID_PARAMETER);
    FAILS(RegisterClassExW(&four), 0, ERROR_INVALID_PARAMETER);
    one.lpszClassName = three.lpszClassName = "bad class";
    one.cbWndExtra = -1;
    FAILS(RegisterClassA(&one), 0, ERROR_INVALID_PARAMETER);
    one.cbWndExtra = 0;
    CHECK(RegisterClassA(&one) != 0);
    FAILS(RegisterClassA(&one), 0, ERROR_CLASS_ALREADY_EXISTS);
    FAILS(RegisterClassExA(&three), 0, ERROR_CLASS_ALREADY_EXISTS);
    FAILS(CreateWindowExA(0, "no such class", "x", 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL), NULL, ERROR_CANNOT_FIND_WND_CLASS);
    FAILS(CreateWindowExW(0, wide("no such class"), NULL, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL), NULL, ERROR_CANNOT_FIND_WND_CLASS);
    FAILS(UnregisterClassA("no such class", NULL), FALSE, ERROR_CLASS_DOES_NOT_EXIST);
    FAILS(UnregisterClassW(wide("no such class"), NULL), FALSE, ERROR_CLASS_DOES_NOT_EXIST);
    FAILS(FindWindowA("no such class", NULL), NULL, ERROR_CANNOT_FIND_WND_CLASS);
    FAILS(FindWindowW(wide("no such class"), NULL), NULL, ERROR_CANNOT_FIND_WND_CLASS);

    window = CreateWindowExA(0, "bad class", "a title", 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL);
    CHECK(window != NULL);
    FAILS(UnregisterClassA("bad class", NULL), FALSE, ERROR_CLASS_HAS_WINDOWS);
    FAILS(SetWindowLongA(window, 4096, 1), 0, ERROR_INVALID_INDEX);
    FAILS(SetWindowLongPtrW(window, -1000, 1), 0, ERROR_INVALID_INDEX);
    FAILS(GetWindowLongPtrA(window, 4096), 0, ERROR_INVALID_INDEX);
    FAILS(GetWindowLongW(window, -1000), 0, ERROR_INVALID_INDEX);
    FAILS(KillTimer(window, 77), FALSE, ERROR_INVALID_PARAMETER);
    CHECK(DestroyWindow(window));
    of_windows(window);
    CHECK(UnregisterClassA("bad class", NULL));
    FAILS(UnregisterClassA("bad class", NULL), FALSE, ERROR_CLASS_DOES_NOT_EXIST);
}

static void others(void)
{
    HANDLE many[64];
    int at;

    for (at = 0; at < 64; at++)
        many[at] = of_kind(EVENT);
    FAILS(MsgWaitForMultipleObjects(64, many, FALSE, 0, QS_ALLINPUT), WAIT_FAILED, ERROR_INVALID_PARAMETER);
    FAILS(MsgWaitForMultipleObjectsEx(64, many, 0, QS_ALLINPUT, 0), WAIT_FAILED, ERROR_INVALID_PARAMETER);
    FAILS(MsgWaitForMultipleObjectsEx(~0u, many, 0, QS_ALLINPUT, 0), WAIT_FAILED, ERROR_INVALID_PARAMETER);
    many[1] = no_handle(NO_HANDLES - 1);
    FAILS(MsgWaitForMultipleObjects(2, many, FALSE, 0, QS_ALLINPUT), WAIT_FAILED, ERROR_INVALID_HANDLE);
    FAILS(MsgWaitForMultipleObjectsEx(2, many, 0, QS_ALLINPUT, 0), WAIT_FAILED, ERROR_INVALID_HANDLE);
    FAILS(PostThreadMessageA(0, WM_USER, 0, 0), FALSE, ERROR_INVALID_THREAD_ID);
    FAILS(PostThreadMessageW(~0u, WM_USER, 0, 0), FALSE, ERROR_INVALID_THREAD_ID);
    FAILS(KillTimer(NULL, 77), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(RegisterWindowMessageA(NULL), 0, ERROR_INVALID_PARAMETER);
    FAILS(RegisterWindowMessageW(NULL), 0, ERROR_INVALID_PARAMETER);
    FAILS(MessageBoxW(NULL, wide("x"), wide("y"), 0xF), 0, ERROR_INVALID_MSGBOX_STYLE);
    FAILS(MessageBoxExA(NULL, "x", "y", 0xF, 0), 0, ERROR_INVALID_MSGBOX_STYLE);
}

#ifndef __MINGW32__
static void addresses(void *p)
{
    HANDLE event = of_kind(EVENT);
    MSG *message = (MSG *)p;

    PostThreadMessageA(GetCurrentThreadId(), WM_USER, 0, 0);
    FAILS(PeekMessageA(message, NULL, 0, 0, PM_NOREMOVE), FALSE, ERROR_NOACCESS);
    FAILS(PeekMessageW(message, NULL, 0, 0, PM_NOREMOVE), FALSE, ERROR_NOACCESS);
    FAILS(GetMessageA(message, NULL, 0, 0), -1, ERROR_NOACCESS);
    FAILS(GetMessageW(message, NULL, 0, 0), -1, ERROR_NOACCESS);
    FAILS(DispatchMessageA(message), 0, ERROR_NOACCESS);
    FAILS(DispatchMessageW(message), 0, ERROR_NOACCESS);
    CHECK(!TranslateMessage(message));
    FAILS(RegisterClassA((WNDCLASSA *)p), 0, ERROR_NOACCESS);
    FAILS(RegisterClassW((WNDCLASSW *)p), 0, ERROR_NOACCESS);
    FAILS(RegisterClassExA((WNDCLASSEXA *)p), 0, ERROR_NOACCESS);
    FAILS(RegisterClassExW((WNDCLASSEXW *)p), 0, ERROR_NOACCESS);
    FAILS(MsgWaitForMultipleObjects(1, (HANDLE *)p, FALSE, 0, 0), WAIT_FAILED, ERROR_NOACCESS);
    FAILS(MsgWaitForMultipleObjectsEx(1, (HANDLE *)p, 0, 0, 0), WAIT_FAILED, ERROR_NOACCESS);
    CHECK(WaitForSingleObject(event, 0) == WAIT_TIMEOUT);
    if ((ULONG_PTR)p < 0x10000)
        return; /* A number below that is a class. */
    FAILS(CreateWindowExA(0, (char *)p, "x", 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL), NULL, ERROR_NOACCESS);
    FAILS(CreateWindowExW(0, (WCHAR *)p, NULL, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL), NULL, ERROR_NOACCESS);
    FAILS(FindWindowA(NULL, (char *)p), NULL, ERROR_NOACCESS);
    FAILS(FindWindowW((WCHAR *)p, NULL), NULL, ERROR_NOACCESS);
    FAILS(UnregisterClassA((char *)p, NULL), FALSE, ERROR_NOACCESS);
    FAILS(UnregisterClassW((WCHAR *)p, NULL), FALSE, ERROR_NOACCESS);
    FAILS(RegisterWindowMessageA((char *)p), 0, ERROR_NOACCESS);
    FAILS(RegisterWindowMessageW((WCHAR *)p), 0, ERROR_NOACCESS);
    FAILS(MessageBoxW(NULL, (WCHAR *)p, NULL, MB_OK), 0, ERROR_NOACCESS);
    FAILS(MessageBoxExA(NULL, (char *)p, NULL, MB_OK, 0), 0, ERROR_NOACCESS);
    CHECK(LoadIconA(NULL, (char *)p) != NULL && LoadIconW(NULL, (WCHAR *)p) != NULL);
    CHECK(LoadCursorA(NULL, (char *)p) != NULL && LoadCursorW(NULL, (WCHAR *)p) != NULL);
    CHECK(CallWindowProcA(NULL, NULL, WM_USER, 0, 0) == 0 && CallWindowProcW(NULL, NULL, WM_USER, 0, 0) == 0);
}
#endif

int main(void)
{
    static const ULONG_PTR none[] = { 0, 4, 0x7FFFFFFF, (ULONG_PTR)1 << 40 };
    WNDCLASSA good;
    size_t at;

    memset(&good, 0, sizeof good);
    good.lpfnWndProc = procedure;
    good.lpszClassName = "good class";
    CHECK(RegisterClassA(&good) != 0);
    for (at = 0; at < sizeof none / sizeof none[0]; at++)
        of_windows((HWND)none[at]);
    classes();
    others();
#ifndef __MINGW32__
    {
        int which;
        addresses(NULL);
        for (which = 0; which < NO_ADDRESSES; which++)
            addresses(no_address(which));
    }
#endif
    return result();
}
