/* What both ends of the file transfer agree on: a header of two numbers in network byte order, the length of the file
   and its checksum, then the file. The receiver answers with the checksum of what arrived. */
#ifndef FILE_TRANSFER_H
#define FILE_TRANSFER_H

#include "print_error.h"

#define CHUNK_BYTES 65536

struct file_header {
    u_long length;
    u_long checksum;
};

/* FNV-1a; the first call passes CHECKSUM_START. */
#define CHECKSUM_START 2166136261u

static __inline u_long checksum_add(u_long checksum, const char *data, int length)
{
    int i;

    for (i = 0; i < length; i++)
        checksum = (checksum ^ (unsigned char)data[i]) * 16777619u;
    return checksum;
}

/* A line of twenty dots that grows with what has been done. */
static __inline void show_progress(u_long before, u_long done, u_long whole)
{
    u_long dots = (u_long)((unsigned long long)before * 20 / whole);
    u_long wanted = (u_long)((unsigned long long)done * 20 / whole);

    for (; dots < wanted; dots++)
        putchar('.');
    fflush(stdout);
}

#endif
