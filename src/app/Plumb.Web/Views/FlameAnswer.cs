using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using Plumb.Reports;
using Plumb.Reports.Flame;

namespace Plumb.Web.Views;

/// <summary>
/// A flame graph for the page: four bytes with the length of a JSON object, the object, and then the columns of each tree one after the
/// other, as numbers of seven bits a byte, low bits first. A node takes about eight bytes, and nothing has to be parsed as text.
/// </summary>
internal static class FlameAnswer
{
    public static byte[] Write(FlameView view, Report report, ViewRequest request)
    {
        byte[] head = JsonSerializer.SerializeToUtf8Bytes(
            new FlameHeader(
                ViewHeader.Of(report, request, view.Unit), view.IsComparison, view.Names, Of(view.Callees), view.Callers is null ? null : Of(view.Callers)),
            ViewJsonContext.Default.FlameHeader);
        var bytes = new ArrayBufferWriter<byte>(head.Length + (8 * view.Callees.Count));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(sizeof(int)), head.Length);
        bytes.Advance(sizeof(int));
        bytes.Write(head);
        Write(view.Callees, view.IsComparison, bytes);
        if (view.Callers is not null)
            Write(view.Callers, view.IsComparison, bytes);

        return bytes.WrittenSpan.ToArray();
    }

    private static TreeHeader Of(FlameTree tree) => new(tree.Count, tree.DroppedBranches, tree.Cutoff);

    private static void Write(FlameTree tree, bool isComparison, ArrayBufferWriter<byte> bytes)
    {
        foreach (int frame in tree.Frames)
            WriteNumber((ulong)(frame + 1), bytes);

        int before = 0;
        foreach (int depth in tree.Depths)
        {
            WriteSigned(depth - before, bytes);
            before = depth;
        }

        WriteAll(tree.Values, bytes);
        WriteAll(tree.Selves, bytes);
        if (isComparison)
            WriteAll(tree.Weights, bytes);
    }

    private static void WriteAll(ImmutableArray<long> values, ArrayBufferWriter<byte> bytes)
    {
        foreach (long value in values)
            WriteSigned(value, bytes);
    }

    // Zigzag: small numbers of either sign stay small.
    private static void WriteSigned(long value, ArrayBufferWriter<byte> bytes) => WriteNumber((ulong)((value << 1) ^ (value >> 63)), bytes);

    private static void WriteNumber(ulong value, ArrayBufferWriter<byte> bytes)
    {
        const int MaxBytes = 10;
        Span<byte> target = bytes.GetSpan(MaxBytes);
        int count = 0;
        for (; value >= 0x80; value >>= 7)
            target[count++] = (byte)(value | 0x80);

        target[count++] = (byte)value;
        bytes.Advance(count);
    }
}

/// <param name="Names">What the frames of the trees are called.</param>
/// <param name="IsComparison">Whether each tree has a fifth column.</param>
internal sealed record FlameHeader(ViewHeader View, bool IsComparison, ImmutableArray<string> Names, TreeHeader Callees, TreeHeader? Callers);

/// <param name="Count">Number of nodes.</param>
/// <param name="Dropped">Branches left out because they weigh less than <paramref name="Cutoff"/>.</param>
internal sealed record TreeHeader(int Count, int Dropped, long Cutoff);
