using System.Text;
using Plumb.Collectors.Processes;
using Plumb.Symbols.Code;
using Plumb.Symbols.Demangling;

namespace Plumb.Fuzz.Targets;

/// <summary>What the machine and its tools say: <c>/proc</c>, objdump and demanglers. A hostile binary decides much of it.</summary>
internal sealed class MachineTarget : FuzzTarget
{
    public override string Name => "machine";

    public override bool Read(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        var objdump = new ObjdumpText();
        foreach (string line in text.Split('\n'))
        {
            objdump.Take(line);
            CppName.Simplify(CppName.WithoutClones(line), keepTemplates: line.Length % 2 == 0);
            RustName.Readable(line, line);
            _ = TcpTable.TryParseRow(line, out _);
            _ = ProcessStat.TryParse(line, out _);
            CgroupMemory.ParseLimit(line);
        }

        CgroupMemory.LimitFiles(text);
        GoSettings.GcPercent(text);
        GoSettings.MemoryLimitBytes(text);
        ProcFields.SizeBytes(text, "VmRSS");
        ProcFields.OpenFilesLimit(text);
        ProcFields.BootTime(text);
        return true;
    }
}
