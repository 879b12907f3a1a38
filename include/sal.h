/* The notes on parameters and results that Visual C++'s analysis reads (SAL 2, and its older form with two underscores), of which
   other compilers make nothing. Part of windows.h. */
#ifndef WS2_SAL_H
#define WS2_SAL_H
#pragma GCC system_header

#define _Acquires_exclusive_lock_(a)
#define _Acquires_lock_(a)
#define _Acquires_shared_lock_(a)
#define _Allocatesize_(a)
#define _Always_(a)
#define _Analysis_assume_(a)
#define _Analysis_assume_nullterminated_(a)
#define _Analysis_mode_(a)
#define _Analysis_noreturn_
#define _At_(a, b)
#define _At_buffer_(a, b, c, d)
#define _Called_from_function_class_(a)
#define _Check_return_
#define _COM_Outptr_
#define _COM_Outptr_opt_
#define _COM_Outptr_opt_result_maybenull_
#define _COM_Outptr_result_maybenull_
#define _Const_
#define _Create_lock_level_(a)
#define _Deref_in_range_(a, b)
#define _Deref_inout_range_(a, b)
#define _Deref_opt_out_
#define _Deref_opt_out_opt_
#define _Deref_out_
#define _Deref_out_opt_
#define _Deref_out_opt_z_
#define _Deref_out_range_(a, b)
#define _Deref_out_z_
#define _Deref_post_
#define _Deref_pre_
#define _Deref_prepost_z_
#define _Deref_ret_range_(a, b)
#define _Enum_is_bitflag_
#define _Field_range_(a, b)
#define _Field_size_(a)
#define _Field_size_bytes_(a)
#define _Field_size_bytes_full_(a)
#define _Field_size_bytes_full_opt_(a)
#define _Field_size_bytes_opt_(a)
#define _Field_size_bytes_part_(a, b)
#define _Field_size_bytes_part_opt_(a, b)
#define _Field_size_full_(a)
#define _Field_size_full_opt_(a)
#define _Field_size_opt_(a)
#define _Field_size_part_(a, b)
#define _Field_size_part_opt_(a, b)
#define _Field_z_
#define _Format_string_impl_(a, b)
#define _Frees_ptr_
#define _Frees_ptr_opt_
#define _Function_class_(a)
#define _Group_(a)
#define _Guarded_by_(a)
#define _Has_lock_kind_(a)
#define _In_
#define _In_bytecount_(a)
#define _In_bytecount_c_(a)
#define _In_bytecount_x_(a)
#define _In_count_(a)
#define _In_count_c_(a)
#define _In_count_x_(a)
#define _In_opt_
#define _In_opt_bytecount_(a)
#define _In_opt_bytecount_c_(a)
#define _In_opt_bytecount_x_(a)
#define _In_opt_count_(a)
#define _In_opt_count_c_(a)
#define _In_opt_count_x_(a)
#define _In_opt_ptrdiff_count_(a)
#define _In_opt_z_
#define _In_opt_z_bytecount_(a)
#define _In_opt_z_bytecount_c_(a)
#define _In_opt_z_count_(a)
#define _In_opt_z_count_c_(a)
#define _In_ptrdiff_count_(a)
#define _In_range_(a, b)
#define _In_reads_(a)
#define _In_reads_bytes_(a)
#define _In_reads_bytes_opt_(a)
#define _In_reads_opt_(a)
#define _In_reads_opt_z_(a)
#define _In_reads_or_z_(a)
#define _In_reads_or_z_opt_(a)
#define _In_reads_to_ptr_(a)
#define _In_reads_to_ptr_opt_(a)
#define _In_reads_to_ptr_opt_z_(a)
#define _In_reads_to_ptr_z_(a)
#define _In_reads_z_(a)
#define _In_z_
#define _In_z_bytecount_(a)
#define _In_z_bytecount_c_(a)
#define _In_z_count_(a)
#define _In_z_count_c_(a)
#define _Inexpressible_(a)
#define _Inout_
#define _Inout_bytecap_(a)
#define _Inout_bytecap_c_(a)
#define _Inout_bytecap_x_(a)
#define _Inout_bytecount_(a)
#define _Inout_bytecount_c_(a)
#define _Inout_bytecount_x_(a)
#define _Inout_cap_(a)
#define _Inout_cap_c_(a)
#define _Inout_cap_x_(a)
#define _Inout_count_(a)
#define _Inout_count_c_(a)
#define _Inout_count_x_(a)
#define _Inout_opt_
#define _Inout_opt_bytecap_(a)
#define _Inout_opt_bytecap_c_(a)
#define _Inout_opt_bytecap_x_(a)
#define _Inout_opt_bytecount_(a)
#define _Inout_opt_bytecount_c_(a)
#define _Inout_opt_bytecount_x_(a)
#define _Inout_opt_cap_(a)
#define _Inout_opt_cap_c_(a)
#define _Inout_opt_cap_x_(a)
#define _Inout_opt_count_(a)
#define _Inout_opt_count_c_(a)
#define _Inout_opt_count_x_(a)
#define _Inout_opt_ptrdiff_count_(a)
#define _Inout_opt_z_
#define _Inout_opt_z_bytecap_(a)
#define _Inout_opt_z_bytecap_c_(a)
#define _Inout_opt_z_bytecap_x_(a)
#define _Inout_opt_z_bytecount_(a)
#define _Inout_opt_z_bytecount_c_(a)
#define _Inout_opt_z_cap_(a)
#define _Inout_opt_z_cap_c_(a)
#define _Inout_opt_z_cap_x_(a)
#define _Inout_opt_z_count_(a)
#define _Inout_opt_z_count_c_(a)
#define _Inout_ptrdiff_count_(a)
#define _Inout_updates_(a)
#define _Inout_updates_all_(a)
#define _Inout_updates_all_opt_(a)
#define _Inout_updates_bytes_(a)
#define _Inout_updates_bytes_all_(a)
#define _Inout_updates_bytes_all_opt_(a)
#define _Inout_updates_bytes_opt_(a)
#define _Inout_updates_bytes_to_(a, b)
#define _Inout_updates_bytes_to_opt_(a, b)
#define _Inout_updates_opt_(a)
#define _Inout_updates_opt_z_(a)
#define _Inout_updates_to_(a, b)
#define _Inout_updates_to_opt_(a, b)
#define _Inout_updates_z_(a)
#define _Inout_z_
#define _Inout_z_bytecap_(a)
#define _Inout_z_bytecap_c_(a)
#define _Inout_z_bytecap_x_(a)
#define _Inout_z_bytecount_(a)
#define _Inout_z_bytecount_c_(a)
#define _Inout_z_cap_(a)
#define _Inout_z_cap_c_(a)
#define _Inout_z_cap_x_(a)
#define _Inout_z_count_(a)
#define _Inout_z_count_c_(a)
#define _Interlocked_
#define _IRQL_requires_max_(a)
#define _Literal_
#define _Maybe_raises_SEH_exception_
#define _Maybenull_
#define _Must_inspect_result_
#define _Notliteral_
#define _Notnull_
#define _Notvalid_
#define _Null_
#define _Null_terminated_
#define _NullNull_terminated_
#define _On_failure_(a)
#define _Out_
#define _Out_bytecap_(a)
#define _Out_bytecap_c_(a)
#define _Out_bytecap_post_bytecount_(a, b)
#define _Out_bytecap_x_(a)
#define _Out_bytecapcount_(a)
#define _Out_bytecapcount_x_(a)
#define _Out_cap_(a)
#define _Out_cap_c_(a)
#define _Out_cap_m_(a, b)
#define _Out_cap_post_count_(a, b)
#define _Out_cap_x_(a)
#define _Out_capcount_(a)
#define _Out_capcount_x_(a)
#define _Out_opt_
#define _Out_opt_bytecap_(a)
#define _Out_opt_bytecap_c_(a)
#define _Out_opt_bytecap_post_bytecount_(a, b)
#define _Out_opt_bytecap_x_(a)
#define _Out_opt_bytecapcount_(a)
#define _Out_opt_bytecapcount_x_(a)
#define _Out_opt_cap_(a)
#define _Out_opt_cap_c_(a)
#define _Out_opt_cap_m_(a, b)
#define _Out_opt_cap_post_count_(a, b)
#define _Out_opt_cap_x_(a)
#define _Out_opt_capcount_(a)
#define _Out_opt_capcount_x_(a)
#define _Out_opt_ptrdiff_cap_(a)
#define _Out_opt_z_bytecap_(a)
#define _Out_opt_z_bytecap_c_(a)
#define _Out_opt_z_bytecap_post_bytecount_(a, b)
#define _Out_opt_z_bytecap_x_(a)
#define _Out_opt_z_bytecapcount_(a)
#define _Out_opt_z_cap_(a)
#define _Out_opt_z_cap_c_(a)
#define _Out_opt_z_cap_m_(a, b)
#define _Out_opt_z_cap_post_count_(a, b)
#define _Out_opt_z_cap_x_(a)
#define _Out_opt_z_capcount_(a)
#define _Out_ptrdiff_cap_(a)
#define _Out_range_(a, b)
#define _Out_writes_(a)
#define _Out_writes_all_(a)
#define _Out_writes_all_opt_(a)
#define _Out_writes_bytes_(a)
#define _Out_writes_bytes_all_(a)
#define _Out_writes_bytes_all_opt_(a)
#define _Out_writes_bytes_opt_(a)
#define _Out_writes_bytes_to_(a, b)
#define _Out_writes_bytes_to_opt_(a, b)
#define _Out_writes_opt_(a)
#define _Out_writes_opt_z_(a)
#define _Out_writes_to_(a, b)
#define _Out_writes_to_opt_(a, b)
#define _Out_writes_to_ptr_(a)
#define _Out_writes_to_ptr_opt_(a)
#define _Out_writes_to_ptr_opt_z_(a)
#define _Out_writes_to_ptr_z_(a)
#define _Out_writes_z_(a)
#define _Out_z_bytecap_(a)
#define _Out_z_bytecap_c_(a)
#define _Out_z_bytecap_post_bytecount_(a, b)
#define _Out_z_bytecap_x_(a)
#define _Out_z_bytecapcount_(a)
#define _Out_z_cap_(a)
#define _Out_z_cap_c_(a)
#define _Out_z_cap_m_(a, b)
#define _Out_z_cap_post_count_(a, b)
#define _Out_z_cap_x_(a)
#define _Out_z_capcount_(a)
#define _Outptr_
#define _Outptr_opt_
#define _Outptr_opt_result_buffer_(a)
#define _Outptr_opt_result_buffer_all_(a)
#define _Outptr_opt_result_buffer_all_maybenull_(a)
#define _Outptr_opt_result_buffer_maybenull_(a)
#define _Outptr_opt_result_buffer_to_(a, b)
#define _Outptr_opt_result_buffer_to_maybenull_(a, b)
#define _Outptr_opt_result_bytebuffer_(a)
#define _Outptr_opt_result_bytebuffer_all_(a)
#define _Outptr_opt_result_bytebuffer_all_maybenull_(a)
#define _Outptr_opt_result_bytebuffer_maybenull_(a)
#define _Outptr_opt_result_bytebuffer_to_(a, b)
#define _Outptr_opt_result_bytebuffer_to_maybenull_(a, b)
#define _Outptr_opt_result_maybenull_
#define _Outptr_opt_result_maybenull_z_
#define _Outptr_opt_result_nullonfailure_
#define _Outptr_opt_result_z_
#define _Outptr_opt_z_
#define _Outptr_result_buffer_(a)
#define _Outptr_result_buffer_all_(a)
#define _Outptr_result_buffer_all_maybenull_(a)
#define _Outptr_result_buffer_maybenull_(a)
#define _Outptr_result_buffer_to_(a, b)
#define _Outptr_result_buffer_to_maybenull_(a, b)
#define _Outptr_result_bytebuffer_(a)
#define _Outptr_result_bytebuffer_all_(a)
#define _Outptr_result_bytebuffer_all_maybenull_(a)
#define _Outptr_result_bytebuffer_maybenull_(a)
#define _Outptr_result_bytebuffer_to_(a, b)
#define _Outptr_result_bytebuffer_to_maybenull_(a, b)
#define _Outptr_result_maybenull_
#define _Outptr_result_maybenull_z_
#define _Outptr_result_nullonfailure_
#define _Outptr_result_z_
#define _Outptr_z_
#define _Outref_
#define _Outref_result_buffer_(a)
#define _Outref_result_buffer_all_(a)
#define _Outref_result_buffer_all_maybenull_(a)
#define _Outref_result_buffer_maybenull_(a)
#define _Outref_result_buffer_to_(a, b)
#define _Outref_result_buffer_to_maybenull_(a, b)
#define _Outref_result_bytebuffer_(a)
#define _Outref_result_bytebuffer_all_(a)
#define _Outref_result_bytebuffer_all_maybenull_(a)
#define _Outref_result_bytebuffer_maybenull_(a)
#define _Outref_result_bytebuffer_to_(a, b)
#define _Outref_result_bytebuffer_to_maybenull_(a, b)
#define _Outref_result_maybenull_
#define _Outref_result_nullonfailure_
#define _Points_to_data_
#define _Post_
#define _Post_equal_to_(a)
#define _Post_invalid_
#define _Post_maybenull_
#define _Post_notnull_
#define _Post_null_
#define _Post_ptr_invalid_
#define _Post_readable_byte_size_(a)
#define _Post_readable_size_(a)
#define _Post_satisfies_(a)
#define _Post_valid_
#define _Post_writable_byte_size_(a)
#define _Post_writable_size_(a)
#define _Post_z_
#define _Pre_
#define _Pre_equal_to_(a)
#define _Pre_maybenull_
#define _Pre_notnull_
#define _Pre_null_
#define _Pre_opt_valid_
#define _Pre_readable_byte_size_(a)
#define _Pre_readable_size_(a)
#define _Pre_satisfies_(a)
#define _Pre_valid_
#define _Pre_writable_byte_size_(a)
#define _Pre_writable_size_(a)
#define _Pre_z_
#define _Printf_format_string_
#define _Printf_format_string_params_(a)
#define _Raises_SEH_exception_
#define _Readable_bytes_(a)
#define _Readable_elements_(a)
#define _Releases_exclusive_lock_(a)
#define _Releases_lock_(a)
#define _Releases_shared_lock_(a)
#define _Requires_lock_held_(a)
#define _Requires_lock_not_held_(a)
#define _Reserved_
#define _Result_nullonfailure_
#define _Result_zeroonfailure_
#define _Ret_
#define _Ret_maybenull_
#define _Ret_maybenull_z_
#define _Ret_notnull_
#define _Ret_null_
#define _Ret_opt_
#define _Ret_range_(a, b)
#define _Ret_valid_
#define _Ret_writes_(a)
#define _Ret_writes_bytes_(a)
#define _Ret_writes_bytes_maybenull_(a)
#define _Ret_writes_bytes_to_(a, b)
#define _Ret_writes_bytes_to_maybenull_(a, b)
#define _Ret_writes_maybenull_(a)
#define _Ret_writes_maybenull_z_(a)
#define _Ret_writes_to_(a, b)
#define _Ret_writes_to_maybenull_(a, b)
#define _Ret_writes_z_(a)
#define _Ret_z_
#define _Return_type_success_(a)
#define _Scanf_format_string_
#define _Scanf_format_string_params_(a)
#define _Scanf_s_format_string_
#define _Scanf_s_format_string_params_(a)
#define _Strict_type_match_
#define _Struct_size_bytes_(a)
#define _Success_(a)
#define _Unchanged_(a)
#define _Use_decl_annotations_
#define _Valid_
#define _When_(a, b)
#define _Writable_bytes_(a)
#define _Writable_elements_(a)

/* The older form. */
#define __allocator
#define __analysis_assume(a)
#define __bcount(a)
#define __checkReturn
#define __control_entrypoint(a)
#define __deref
#define __deref_in
#define __deref_in_opt
#define __deref_inout
#define __deref_opt_out
#define __deref_opt_out_bcount(a)
#define __deref_out
#define __deref_out_bcount(a)
#define __deref_out_bcount_opt(a)
#define __deref_out_ecount(a)
#define __deref_out_ecount_opt(a)
#define __deref_out_opt
#define __deref_out_opt_z
#define __deref_out_z
#define __ecount(a)
#define __field_bcount(a)
#define __field_bcount_opt(a)
#define __field_ecount(a)
#define __field_ecount_opt(a)
#define __format_string
#define __in_bcount(a)
#define __in_bcount_nz(a)
#define __in_bcount_opt(a)
#define __in_bcount_z(a)
#define __in_ecount(a)
#define __in_ecount_nz(a)
#define __in_ecount_opt(a)
#define __in_ecount_z(a)
#define __in_opt
#define __in_z
#define __in_z_opt
#define __inner_checkReturn
#define __inout
#define __inout_bcount(a)
#define __inout_bcount_full(a)
#define __inout_bcount_nz(a)
#define __inout_bcount_opt(a)
#define __inout_bcount_part(a, b)
#define __inout_bcount_z(a)
#define __inout_ecount(a)
#define __inout_ecount_full(a)
#define __inout_ecount_nz(a)
#define __inout_ecount_opt(a)
#define __inout_ecount_part(a, b)
#define __inout_ecount_z(a)
#define __inout_opt
#define __inout_z
#define __nullterminated
#define __out_bcount(a)
#define __out_bcount_full(a)
#define __out_bcount_full_z(a)
#define __out_bcount_nz(a)
#define __out_bcount_opt(a)
#define __out_bcount_part(a, b)
#define __out_bcount_part_opt(a, b)
#define __out_bcount_part_z(a, b)
#define __out_bcount_z(a)
#define __out_ecount(a)
#define __out_ecount_full(a)
#define __out_ecount_full_z(a)
#define __out_ecount_nz(a)
#define __out_ecount_opt(a)
#define __out_ecount_part(a, b)
#define __out_ecount_part_opt(a, b)
#define __out_ecount_part_z(a, b)
#define __out_ecount_z(a)
#define __out_opt
#define __out_z
#define __out_z_opt
#define __typefix(a)

/* The C++ library has parameters of these names. */
#ifndef __cplusplus
#define __in
#define __out
#endif

#endif
