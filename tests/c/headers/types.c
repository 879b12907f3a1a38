/* Types that are one on Windows, and what else programs take for granted after winsock2.h alone. */
#include <winsock2.h>

typedef unsigned __int64 handle_type;
typedef SOCKET handle_type;
typedef UINT_PTR handle_type;
typedef unsigned __int64 uint64_type;
typedef __int64 ssize_type;
typedef SSIZE_T ssize_type;
static __declspec(thread) int of_this_thread;
__declspec(dllexport) int WINAPI exported(void);
int WINAPI exported(void) { return of_this_thread; }

static int has(SOCKET s, const fd_set *set)
{
    return FD_ISSET(s, set) ? 1 : 0;
}

#include <pshpack1.h>
struct packed { char a; int b; };
#include <poppack.h>
#include <pshpack2.h>
struct half_packed { char a; int b; };
#include <poppack.h>
struct loose { char a; int b; };

int main(void)
{
    fd_set set;
    int option = TCP_NODELAY, code = WSANO_ADDRESS;
    handle_type s = 5;

    FD_ZERO(&set);
    FD_SET(s, &set);
    return !(has(s, &set) && !has(6, &set) && option == 1 && code == 11004 && exported() == 0 && sizeof(ssize_type) == 8 &&
             sizeof(uint64_type) == 8 && sizeof(struct packed) == 5 && sizeof(struct half_packed) == 6 &&
             sizeof(struct loose) == 8 && SUCCEEDED(S_OK) && FAILED(E_FAIL) && ERROR_ALREADY_EXISTS == 183 &&
             HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND) == (HRESULT)0x80070002);
}

#ifdef __cplusplus
extern "C"
#endif
int __WSAFDIsSet(SOCKET fd, fd_set *set)
{
    return set->fd_count > 0 && set->fd_array[0] == fd;
}
