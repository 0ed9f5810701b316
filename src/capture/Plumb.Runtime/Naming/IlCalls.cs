using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Plumb.Runtime.Naming;

/// <summary>Finds the calls in the code of a method.</summary>
internal static class IlCalls
{
    private const byte TwoBytes = 0xFE;
    private const int Switch = -1;

    /// <summary>Bytes behind each instruction, by its last byte; those of two bytes in the upper half.</summary>
    private static readonly int[] s_operands = Operands();

    /// <summary>Token and offset of each, in the order of the code. Ends at what is no code.</summary>
    public static List<(int Token, int Offset)> Find(BlobReader code)
    {
        var calls = new List<(int, int)>();
        while (code.RemainingBytes > 0)
        {
            int offset = code.Offset;
            int instruction = code.ReadByte();
            if (instruction == TwoBytes && code.RemainingBytes > 0)
                instruction = 0x100 + code.ReadByte();
            long operand = s_operands[instruction];
            if (operand == Switch)
                operand = code.RemainingBytes >= sizeof(uint) ? (long)code.ReadUInt32() * sizeof(int) : long.MaxValue;
            if (operand > code.RemainingBytes)
                break;
            if (instruction is 0x28 or 0x6F)
                calls.Add((code.ReadInt32(), offset));
            else
                code.Offset += (int)operand;
        }

        return calls;
    }

    private static int[] Operands()
    {
        int[] sizes = new int[512];
        foreach (System.Reflection.FieldInfo field in typeof(OpCodes).GetFields())
        {
            if (field.GetValue(null) is OpCode code)
                sizes[(code.Size == 2 ? 0x100 : 0) + (code.Value & 0xFF)] = Size(code.OperandType);
        }

        return sizes;
    }

    private static int Size(OperandType type) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => Switch,
        _ => 4,
    };
}
