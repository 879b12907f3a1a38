/* A line protocol by strsafe.h: commands, answers that do not fit and say so, and the end by a word. */
#include "loopback.h"
#include <strsafe.h>

static struct sockaddr_in address;

static int line(SOCKET s, char *to, size_t room)
{
    size_t have = 0;

    while (have < room - 1 && recv(s, to + have, 1, 0) == 1 && to[have] != '\n')
        have++;
    to[have] = 0;
    return have > 0;
}

static DWORD WINAPI client(LPVOID unused)
{
    static const char *const words[] = {"hello", "a rather long word that does not fit", "quit"};
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    char text[64], answer[64];
    size_t length;
    int i, wrong = connect(s, (struct sockaddr *)&address, sizeof(address)) != 0;

    (void)unused;
    for (i = 0; i < 3; i++) {
        if (FAILED(StringCchPrintfA(text, ARRAYSIZE(text), "%s\n", words[i])) || FAILED(StringCchLengthA(text, 64, &length)))
            return 9;
        send(s, text, (int)length, 0);
        wrong += !line(s, answer, sizeof(answer));
        wrong += strcmp(answer, i == 0 ? "you said hello" : i == 1 ? "too long: you said a rath" : "bye") != 0;
    }
    closesocket(s);
    return (DWORD)wrong;
}

int main(void)
{
    char command[64], answer[20], whole[64];
    SOCKET listener, s;
    HANDLE thread;
    DWORD code;
    size_t left;
    char *end;

    started();
    listener = bound(SOCK_STREAM, &address);
    thread = CreateThread(NULL, 0, client, NULL, 0, NULL);
    s = accept(listener, NULL, NULL);
    while (line(s, command, sizeof(command))) {
        HRESULT made = StringCchPrintfA(answer, ARRAYSIZE(answer), "you said %s", command);

        if (lstrcmpiA(command, "QUIT") == 0)
            StringCchCopyA(whole, ARRAYSIZE(whole), "bye\n");
        else if (made == STRSAFE_E_INSUFFICIENT_BUFFER)
            StringCchPrintfA(whole, ARRAYSIZE(whole), "too long: %.15s\n", answer);
        else
            StringCchPrintfExA(whole, ARRAYSIZE(whole), &end, &left, 0, "%s\n", answer);
        send(s, whole, lstrlenA(whole), 0);
    }
    CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0 && GetExitCodeThread(thread, &code) && code == 0);
    StringCbCopyA(whole, 4, "abc");
    CHECK(StringCbCatA(whole, 4, "d") == STRSAFE_E_INSUFFICIENT_BUFFER && strcmp(whole, "abc") == 0);
    CloseHandle(thread);
    closesocket(s);
    closesocket(listener);
    WSACleanup();
    return result();
}
