/* Windows and messages: types and numbers. A window is never shown; its thread's queue of messages is what it is for.
   Part of windows.h. */
#ifndef WS2_USER_H
#define WS2_USER_H

#include "ws2_types.h"

#ifdef __cplusplus
extern "C" {
#endif

DECLARE_HANDLE(HMENU);
DECLARE_HANDLE(HICON);
DECLARE_HANDLE(HBRUSH);
typedef HICON HCURSOR;
typedef void *HGDIOBJ;

typedef LRESULT (CALLBACK *WNDPROC)(HWND, UINT, WPARAM, LPARAM);
typedef void (CALLBACK *TIMERPROC)(HWND, UINT, UINT_PTR, DWORD);

typedef struct tagPOINT {
    LONG x;
    LONG y;
} POINT, *PPOINT, *NPPOINT, *LPPOINT;

typedef struct tagMSG {
    HWND   hwnd;
    UINT   message;
    WPARAM wParam;
    LPARAM lParam;
    DWORD  time;
    POINT  pt;
} MSG, *PMSG, *NPMSG, *LPMSG;

typedef struct tagWNDCLASSA {
    UINT      style;
    WNDPROC   lpfnWndProc;
    int       cbClsExtra;
    int       cbWndExtra;
    HINSTANCE hInstance;
    HICON     hIcon;
    HCURSOR   hCursor;
    HBRUSH    hbrBackground;
    LPCSTR    lpszMenuName;
    LPCSTR    lpszClassName;
} WNDCLASSA, *PWNDCLASSA, *NPWNDCLASSA, *LPWNDCLASSA;

typedef struct tagWNDCLASSW {
    UINT      style;
    WNDPROC   lpfnWndProc;
    int       cbClsExtra;
    int       cbWndExtra;
    HINSTANCE hInstance;
    HICON     hIcon;
    HCURSOR   hCursor;
    HBRUSH    hbrBackground;
    LPCWSTR   lpszMenuName;
    LPCWSTR   lpszClassName;
} WNDCLASSW, *PWNDCLASSW, *NPWNDCLASSW, *LPWNDCLASSW;

typedef struct tagWNDCLASSEXA {
    UINT      cbSize;
    UINT      style;
    WNDPROC   lpfnWndProc;
    int       cbClsExtra;
    int       cbWndExtra;
    HINSTANCE hInstance;
    HICON     hIcon;
    HCURSOR   hCursor;
    HBRUSH    hbrBackground;
    LPCSTR    lpszMenuName;
    LPCSTR    lpszClassName;
    HICON     hIconSm;
} WNDCLASSEXA, *PWNDCLASSEXA, *NPWNDCLASSEXA, *LPWNDCLASSEXA;

typedef struct tagWNDCLASSEXW {
    UINT      cbSize;
    UINT      style;
    WNDPROC   lpfnWndProc;
    int       cbClsExtra;
    int       cbWndExtra;
    HINSTANCE hInstance;
    HICON     hIcon;
    HCURSOR   hCursor;
    HBRUSH    hbrBackground;
    LPCWSTR   lpszMenuName;
    LPCWSTR   lpszClassName;
    HICON     hIconSm;
} WNDCLASSEXW, *PWNDCLASSEXW, *NPWNDCLASSEXW, *LPWNDCLASSEXW;

/* What WM_COPYDATA brings. */
typedef struct tagCOPYDATASTRUCT {
    ULONG_PTR dwData;
    DWORD     cbData;
    PVOID     lpData;
} COPYDATASTRUCT, *PCOPYDATASTRUCT;

typedef struct tagCREATESTRUCTA {
    LPVOID    lpCreateParams;
    HINSTANCE hInstance;
    HMENU     hMenu;
    HWND      hwndParent;
    int       cy;
    int       cx;
    int       y;
    int       x;
    LONG      style;
    LPCSTR    lpszName;
    LPCSTR    lpszClass;
    DWORD     dwExStyle;
} CREATESTRUCTA, *LPCREATESTRUCTA;

typedef struct tagCREATESTRUCTW {
    LPVOID    lpCreateParams;
    HINSTANCE hInstance;
    HMENU     hMenu;
    HWND      hwndParent;
    int       cy;
    int       cx;
    int       y;
    int       x;
    LONG      style;
    LPCWSTR   lpszName;
    LPCWSTR   lpszClass;
    DWORD     dwExStyle;
} CREATESTRUCTW, *LPCREATESTRUCTW;

#ifdef __cplusplus
}
#endif

/* Messages. */
#define WM_NULL            0x0000
#define WM_CREATE          0x0001
#define WM_DESTROY         0x0002
#define WM_SIZE            0x0005
#define WM_ACTIVATE        0x0006
#define WM_PAINT           0x000F
#define WM_CLOSE           0x0010
#define WM_QUERYENDSESSION 0x0011
#define WM_QUIT            0x0012
#define WM_ENDSESSION      0x0016
#define WM_SHOWWINDOW      0x0018
#define WM_COPYDATA        0x004A
#define WM_NCCREATE        0x0081
#define WM_NCDESTROY       0x0082
#define WM_KEYDOWN         0x0100
#define WM_KEYUP           0x0101
#define WM_CHAR            0x0102
#define WM_INITDIALOG      0x0110
#define WM_COMMAND         0x0111
#define WM_SYSCOMMAND      0x0112
#define WM_TIMER           0x0113
#define WM_USER            0x0400
#define WM_APP             0x8000

/* Windows. */
#define HWND_BROADCAST ((HWND)0xFFFF)
#define HWND_MESSAGE   ((HWND)(LONG_PTR)-3)
#define CW_USEDEFAULT  ((int)0x80000000)

#define WS_OVERLAPPED       0x00000000
#define WS_POPUP            0x80000000u
#define WS_CHILD            0x40000000
#define WS_MINIMIZE         0x20000000
#define WS_VISIBLE          0x10000000
#define WS_DISABLED         0x08000000
#define WS_CAPTION          0x00C00000
#define WS_BORDER           0x00800000
#define WS_SYSMENU          0x00080000
#define WS_THICKFRAME       0x00040000
#define WS_MINIMIZEBOX      0x00020000
#define WS_MAXIMIZEBOX      0x00010000
#define WS_OVERLAPPEDWINDOW \
    (WS_OVERLAPPED | WS_CAPTION | WS_SYSMENU | WS_THICKFRAME | WS_MINIMIZEBOX | WS_MAXIMIZEBOX)
#define WS_POPUPWINDOW      (WS_POPUP | WS_BORDER | WS_SYSMENU)
#define WS_EX_TOPMOST       0x00000008
#define WS_EX_TOOLWINDOW    0x00000080
#define WS_EX_APPWINDOW     0x00040000
#define WS_EX_NOACTIVATE    0x08000000

#define CS_VREDRAW  0x0001
#define CS_HREDRAW  0x0002
#define CS_DBLCLKS  0x0008
#define CS_OWNDC    0x0020

#define SW_HIDE          0
#define SW_SHOWNORMAL    1
#define SW_NORMAL        1
#define SW_SHOWMINIMIZED 2
#define SW_SHOWMAXIMIZED 3
#define SW_MAXIMIZE      3
#define SW_SHOW          5
#define SW_MINIMIZE      6
#define SW_RESTORE       9
#define SW_SHOWDEFAULT   10

/* Numbers that a window keeps. */
#define GWL_STYLE       (-16)
#define GWL_EXSTYLE     (-20)
#define GWL_ID          (-12)
#define GWL_USERDATA    (-21)
#define GWLP_WNDPROC    (-4)
#define GWLP_HINSTANCE  (-6)
#define GWLP_HWNDPARENT (-8)
#define GWLP_ID         (-12)
#define GWLP_USERDATA   (-21)

/* Looking into the queue, and waiting for it. */
#define PM_NOREMOVE 0x0000
#define PM_REMOVE   0x0001
#define PM_NOYIELD  0x0002

#define QS_KEY            0x0001
#define QS_MOUSEMOVE      0x0002
#define QS_MOUSEBUTTON    0x0004
#define QS_POSTMESSAGE    0x0008
#define QS_TIMER          0x0010
#define QS_PAINT          0x0020
#define QS_SENDMESSAGE    0x0040
#define QS_HOTKEY         0x0080
#define QS_ALLPOSTMESSAGE 0x0100
#define QS_RAWINPUT       0x0400
#define QS_MOUSE          (QS_MOUSEMOVE | QS_MOUSEBUTTON)
#define QS_INPUT          (QS_MOUSE | QS_KEY | QS_RAWINPUT)
#define QS_ALLEVENTS      (QS_INPUT | QS_POSTMESSAGE | QS_TIMER | QS_PAINT | QS_HOTKEY)
#define QS_ALLINPUT       (QS_ALLEVENTS | QS_SENDMESSAGE)

#define MWMO_WAITALL        0x0001
#define MWMO_ALERTABLE      0x0002
#define MWMO_INPUTAVAILABLE 0x0004

#define USER_TIMER_MINIMUM 0x0000000A
#define USER_TIMER_MAXIMUM 0x7FFFFFFF

/* Pictures and colours that nobody sees. */
#define IDI_APPLICATION   MAKEINTRESOURCE(32512)
#define IDC_ARROW         MAKEINTRESOURCE(32512)
#define IDC_WAIT          MAKEINTRESOURCE(32514)
#define COLOR_WINDOW      5
#define COLOR_BTNFACE     15
#define WHITE_BRUSH       0
#define BLACK_BRUSH       4
#define NULL_BRUSH        5

#define CreateWindowA(lpClassName, lpWindowName, dwStyle, x, y, nWidth, nHeight, hWndParent, hMenu, hInstance, lpParam)    \
    CreateWindowExA(0, lpClassName, lpWindowName, dwStyle, x, y, nWidth, nHeight, hWndParent, hMenu, hInstance, lpParam)
#define CreateWindowW(lpClassName, lpWindowName, dwStyle, x, y, nWidth, nHeight, hWndParent, hMenu, hInstance, lpParam)    \
    CreateWindowExW(0, lpClassName, lpWindowName, dwStyle, x, y, nWidth, nHeight, hWndParent, hMenu, hInstance, lpParam)

/* Without A or W: the one that UNICODE says, as on Windows. */
#ifdef UNICODE
typedef WNDCLASSW     WNDCLASS, *PWNDCLASS, *NPWNDCLASS, *LPWNDCLASS;
typedef WNDCLASSEXW   WNDCLASSEX, *PWNDCLASSEX, *NPWNDCLASSEX, *LPWNDCLASSEX;
typedef CREATESTRUCTW CREATESTRUCT, *LPCREATESTRUCT;
#else
typedef WNDCLASSA     WNDCLASS, *PWNDCLASS, *NPWNDCLASS, *LPWNDCLASS;
typedef WNDCLASSEXA   WNDCLASSEX, *PWNDCLASSEX, *NPWNDCLASSEX, *LPWNDCLASSEX;
typedef CREATESTRUCTA CREATESTRUCT, *LPCREATESTRUCT;
#endif
#define CallWindowProc        WS2_WIDTH(CallWindowProc)
#define CreateWindow          WS2_WIDTH(CreateWindow)
#define CreateWindowEx        WS2_WIDTH(CreateWindowEx)
#define FindWindow            WS2_WIDTH(FindWindow)
#define DefWindowProc         WS2_WIDTH(DefWindowProc)
#define DispatchMessage       WS2_WIDTH(DispatchMessage)
#define GetMessage            WS2_WIDTH(GetMessage)
#define GetWindowLong         WS2_WIDTH(GetWindowLong)
#define GetWindowLongPtr      WS2_WIDTH(GetWindowLongPtr)
#define LoadCursor            WS2_WIDTH(LoadCursor)
#define LoadIcon              WS2_WIDTH(LoadIcon)
#define PeekMessage           WS2_WIDTH(PeekMessage)
#define PostMessage           WS2_WIDTH(PostMessage)
#define PostThreadMessage     WS2_WIDTH(PostThreadMessage)
#define RegisterClass         WS2_WIDTH(RegisterClass)
#define RegisterClassEx       WS2_WIDTH(RegisterClassEx)
#define RegisterWindowMessage WS2_WIDTH(RegisterWindowMessage)
#define SendMessage           WS2_WIDTH(SendMessage)
#define SetWindowLong         WS2_WIDTH(SetWindowLong)
#define SetWindowLongPtr      WS2_WIDTH(SetWindowLongPtr)
#define UnregisterClass       WS2_WIDTH(UnregisterClass)

#endif
