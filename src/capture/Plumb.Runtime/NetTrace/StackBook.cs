using System.Runtime.InteropServices;

namespace Plumb.Runtime.NetTrace;

/// <summary>The stacks that events refer to by number, until the next sequence point.</summary>
internal sealed class StackBook(int pointerSize, NetTraceLimits limits)
{
    private readonly Dictionary<int, (int Start, int Length)> _stacks = [];
    private readonly List<ulong> _addresses = [];

    /// <summary>Empty for 0, the number of events without a stack, and for numbers that the trace never defined.</summary>
    public ReadOnlySpan<ulong> Find(int id) =>
        _stacks.TryGetValue(id, out (int Start, int Length) stack) ? CollectionsMarshal.AsSpan(_addresses).Slice(stack.Start, stack.Length) : default;

    public void Read(ref BlockReader block)
    {
        int first = block.Int32();
        int count = block.Int32();
        for (int i = 0; i < count; i++)
        {
            int bytes = block.Int32();
            ReadOnlySpan<byte> stack = block.Take(bytes, "a stack");
            if (bytes / pointerSize > limits.MaxStackAddresses - _addresses.Count)
                throw block.Fault($"at most {limits.MaxStackAddresses} stack addresses between two sequence points expected, more found");

            _stacks[unchecked(first + i)] = (_addresses.Count, bytes / pointerSize);
            Append(stack);
        }
    }

    public void Clear()
    {
        _stacks.Clear();
        _addresses.Clear();
    }

    private void Append(ReadOnlySpan<byte> stack)
    {
        if (pointerSize == sizeof(ulong))
        {
            _addresses.AddRange(MemoryMarshal.Cast<byte, ulong>(stack));
            return;
        }

        foreach (uint address in MemoryMarshal.Cast<byte, uint>(stack))
            _addresses.Add(address);
    }
}
