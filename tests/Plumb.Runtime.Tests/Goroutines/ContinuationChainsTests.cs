using System.Buffers.Binary;
using System.Reflection;
using Plumb.Runtime.Frozen;
using Plumb.Runtime.Goroutines;
using Plumb.Runtime.Naming;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Tests.Goroutines;

public sealed class ContinuationChainsTests
{
    private const int Size = 64;
    private static readonly Type s_continuation = typeof(object).Assembly.GetType("System.Runtime.CompilerServices.Continuation")!;

    [Fact]
    public void Calls_whose_methods_are_not_found_are_shown_and_counted()
    {
        (IReadOnlyList<AsyncFrame> frames, ContinuationChains chains) = Follow(new Heap([(2, 0xAAAA_0000), (3, 0xBBBB_0000), (0, 0)]));

        Assert.Equal(["[runtime async method]", "[runtime async method]"], frames.Select(frame => frame.Name));
        Assert.Equal((2, 2), (chains.Seen, chains.NotNamed));
    }

    [Fact]
    public void A_chain_that_ends_in_itself_ends()
    {
        (IReadOnlyList<AsyncFrame> frames, _) = Follow(new Heap([(2, 0xAAAA_0000), (1, 0xAAAA_0000)]));

        Assert.Equal(256, frames.Count);
    }

    [Fact]
    public void Code_that_leads_in_circles_is_given_up()
    {
        // Every address reads as a jump to what looks the same.
        var heap = new Heap([(0, 0xAAAA_0000)]) { Elsewhere = [0xFF, 0x25, 0, 0, 0, 0, 0xAA, 0xAA] };

        (IReadOnlyList<AsyncFrame> frames, ContinuationChains chains) = Follow(heap);

        Assert.Single(frames);
        Assert.Equal(1, chains.NotNamed);
        Assert.InRange(heap.Reads, 1, 2_000);
    }

    private static (IReadOnlyList<AsyncFrame> Frames, ContinuationChains Chains) Follow(Heap heap)
    {
        using var names = new FrameNamer(TargetProcess.Own);
        var chains = new ContinuationChains(heap, new FrozenTypes(heap, names));
        return (chains.Follow(Heap.AddressOf(1)), chains);
    }

    /// <summary>Continuations alone, each the number of the next (from 1; 0 for none) and where it resumes.</summary>
    private sealed class Heap((int Next, long Resume)[] continuations) : IFrozenHeap
    {
        private const long First = 0x10_0000;
        private const long ClassId = 0x7000_0000;
        private const int NextAt = 8;
        private const int ResumeAt = 16;

        public byte[] Elsewhere { get; init; } = [];

        public int Reads { get; private set; }

        public static long AddressOf(int number) => number == 0 ? 0 : First + (number * Size);

        public void Walk(ReadOnlySpan<long> classes, ObjectVisitor visit) => throw new NotSupportedException();

        public int Read(long address, Span<byte> bytes)
        {
            Reads++;
            long number = (address - First) / Size;
            if (number < 1 || number > continuations.Length)
            {
                for (int i = 0; i < bytes.Length && Elsewhere.Length > 0; i++)
                    bytes[i] = Elsewhere[i % Elsewhere.Length];
                return Elsewhere.Length == 0 ? 0 : bytes.Length;
            }

            byte[] content = new byte[Size];
            BinaryPrimitives.WriteInt64LittleEndian(content, ClassId);
            BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(NextAt), AddressOf(continuations[number - 1].Next));
            BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(ResumeAt), continuations[number - 1].Resume);
            int from = (int)((address - First) % Size);
            content.AsSpan(from, Math.Min(bytes.Length, Size - from)).CopyTo(bytes);
            return Math.Min(bytes.Length, Size - from);
        }

        public FrozenClass? Class(long id) => id == ClassId
            ? new FrozenClass(id, 1, s_continuation.MetadataToken, 0, [], [(Token("Next"), NextAt), (Token("Resume"), ResumeAt)])
            : null;

        public string Module(long id) => s_continuation.Assembly.Location;

        public (long Module, int Token)? Function(long address) => null;

        private static int Token(string field) => s_continuation.GetField(field, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.MetadataToken;
    }
}
