/* Lengths of names in Windows' networks. */
#ifndef WS2_LMCONS_H
#define WS2_LMCONS_H

#define CNLEN    15
#define DNLEN    CNLEN
#define UNCLEN   (CNLEN + 2)
#define NNLEN    80
#define UNLEN    256
#define GNLEN    UNLEN
#define PWLEN    256

#endif
