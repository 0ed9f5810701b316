// Most of these tests measure the process of the tests itself: its time, its heap, its threads and its copies. Another test beside them would be
// measured with it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
