/* Packs the structures that follow to 4 bytes, until poppack.h. */
#ifdef __clang__
# pragma clang diagnostic ignored "-Wpragma-pack"
#endif
#pragma pack(push, 4)
