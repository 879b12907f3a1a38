// Winsock from C# by P/Invoke, as it is written for Windows: .NET and Mono find ws2_32.dll under that name.
//
// A listener and a client in one process; prints what arrived, and the error of a send without a connection.
using System;
using System.Runtime.InteropServices;
using System.Text;

static class Winsock
{
    const int AF_INET = 2, SOCK_STREAM = 1, SOCKET_ERROR = -1;

    [StructLayout(LayoutKind.Sequential)]
    struct SockaddrIn
    {
        public ushort Family, Port;
        public uint Address;
        public ulong Zero;
    }

    [DllImport("ws2_32.dll")] static extern int WSAStartup(ushort version, byte[] data);
    [DllImport("ws2_32.dll")] static extern int WSACleanup();
    [DllImport("ws2_32.dll")] static extern int WSAGetLastError();
    [DllImport("ws2_32.dll")] static extern UIntPtr socket(int family, int type, int protocol);
    [DllImport("ws2_32.dll")] static extern int bind(UIntPtr s, ref SockaddrIn address, int length);
    [DllImport("ws2_32.dll")] static extern int listen(UIntPtr s, int backlog);
    [DllImport("ws2_32.dll")] static extern int getsockname(UIntPtr s, ref SockaddrIn address, ref int length);
    [DllImport("ws2_32.dll")] static extern int connect(UIntPtr s, ref SockaddrIn address, int length);
    [DllImport("ws2_32.dll")] static extern UIntPtr accept(UIntPtr s, IntPtr address, IntPtr length);
    // By the other spelling: it is the same library.
    [DllImport("Ws2_32.dll", SetLastError = true)] static extern int send(UIntPtr s, byte[] buffer, int length, int flags);
    [DllImport("Ws2_32.dll")] static extern int recv(UIntPtr s, byte[] buffer, int length, int flags);
    [DllImport("Ws2_32.dll")] static extern int closesocket(UIntPtr s);

    static void Check(bool good)
    {
        if (!good) throw new Exception("Winsock error " + WSAGetLastError());
    }

    static UIntPtr Made(UIntPtr s)
    {
        Check(s.ToUInt64() != ulong.MaxValue);
        return s;
    }

    static void Main()
    {
        if (WSAStartup(0x0202, new byte[512]) != 0) throw new Exception("no Winsock");
        var address = new SockaddrIn { Family = AF_INET, Address = BitConverter.ToUInt32(new byte[] { 127, 0, 0, 1 }, 0) };
        int length = Marshal.SizeOf(address);
        UIntPtr listener = Made(socket(AF_INET, SOCK_STREAM, 0));
        Check(bind(listener, ref address, length) == 0);
        Check(listen(listener, 1) == 0);
        Check(getsockname(listener, ref address, ref length) == 0);

        UIntPtr client = Made(socket(AF_INET, SOCK_STREAM, 0));
        Check(connect(client, ref address, length) == 0);
        UIntPtr server = Made(accept(listener, IntPtr.Zero, IntPtr.Zero));
        Check(send(client, Encoding.ASCII.GetBytes("hello"), 5, 0) == 5);
        var buffer = new byte[100];
        int count = recv(server, buffer, buffer.Length, 0);
        Check(count > 0);
        Console.WriteLine("received " + Encoding.ASCII.GetString(buffer, 0, count));

        UIntPtr lonely = Made(socket(AF_INET, SOCK_STREAM, 0));
        Check(send(lonely, buffer, 5, 0) == SOCKET_ERROR);
        Console.WriteLine("error " + Marshal.GetLastWin32Error()); // 10057, WSAENOTCONN
        foreach (UIntPtr s in new[] { listener, client, server, lonely }) Check(closesocket(s) == 0);
        Check(WSACleanup() == 0);
    }
}
