using System.Globalization;
using Plumb.Profiles.Units;
using Plumb.Reports.Graphs;
using Plumb.Reports.Text;

namespace Plumb.Reports.Callgrind;

/// <summary>Writes a graph in callgrind's format, which KCachegrind reads.</summary>
/// <seealso href="https://valgrind.org/docs/manual/cl-format.html"/>
public sealed class CallgrindText
{
    private readonly GraphView _view;
    private readonly string _unit;
    private readonly ReportWriter _writer;
    private readonly NameNumbers _objects = new();
    private readonly NameNumbers _files = new();
    private readonly NameNumbers _functions = new();
    private readonly Dictionary<CallNode, string> _names;
    private NodeInfo? _previous;

    private CallgrindText(GraphView view, string unit, ReportWriter writer)
    {
        _view = view;
        _unit = unit;
        _writer = writer;
        _names = DistinctNames(view.Graph.Nodes);
    }

    /// <param name="report">What the view was computed from.</param>
    public static void Write(GraphView view, Report report, ReportWriter writer)
    {
        var text = new CallgrindText(view, report.SampleUnit, writer);
        writer.WriteLine("positions: instr line");
        writer.WriteLine($"events: {writer.Shown(report.SampleTypeName)}({writer.Shown(view.Unit)})");
        foreach (CallNode node in view.Graph.Nodes)
            text.Write(node);
    }

    private void Write(CallNode node)
    {
        NodeInfo info = node.Info;
        if (_previous is not { } previous || info.ObjectFile != previous.ObjectFile || info.File != previous.File || info.Name != previous.Name)
        {
            _writer.WriteLine();
            WriteLine($"ob={_objects[info.ObjectFile]}");
            WriteLine($"fl={_files[info.File]}");
            WriteLine($"fn={_functions[info.Name]}");
        }

        WriteLine(Invariant($"{Address(info.Address)} {info.Line} {Amount(node.FlatValue)}"));
        node.Out.Sort(CallEdge.Compare);
        foreach (CallEdge edge in node.Out)
        {
            NodeInfo callee = edge.Target.Info;
            WriteLine($"cfl={_files[callee.File]}");
            WriteLine($"cfn={_functions[_names.GetValueOrDefault(edge.Target, callee.Name)]}");
            WriteLine(Invariant($"calls=0 {Address(callee.Address)} {callee.Line}"));
            WriteLine(Invariant($"* * {Amount(edge.WeightValue)}"));
        }

        _previous = info;
    }

    private long Amount(long value) => (long)UnitScale.Convert(value, _unit, _view.Unit).Amount;

    // Relative to the line before where that is shorter.
    private string Address(ulong address)
    {
        string absolute = Invariant($"0x{address:x}");
        if (_previous is not { } previous)
            return absolute;

        if (previous.Address == address)
            return "*";

        long difference = unchecked((long)(address - previous.Address));
        string relative = Invariant($"{(difference < 0 ? "" : "+")}{difference}");
        return relative.Length < absolute.Length ? relative : absolute;
    }

    // The format takes functions of the same name and file for one. Those that are not, as in a call tree, get a number.
    private static Dictionary<CallNode, string> DistinctNames(IReadOnlyList<CallNode> nodes)
    {
        var byName = new Dictionary<(string File, string Name), Dictionary<object, int>>();
        foreach (CallNode node in nodes)
        {
            NodeInfo info = node.Info;
            if (!byName.TryGetValue((info.File, info.Name), out Dictionary<object, int>? functions))
                byName.Add((info.File, info.Name), functions = []);

            functions.TryAdd(Function(node, info), functions.Count + 1);
        }

        return nodes.ToDictionary(node => node, node =>
        {
            NodeInfo info = node.Info;
            Dictionary<object, int> functions = byName[(info.File, info.Name)];
            return functions.Count == 1 ? info.Name : Invariant($"{info.Name} [{functions[Function(node, info)]}/{functions.Count}]");
        });
    }

    private static object Function(CallNode node, NodeInfo info) =>
        node.Parent is { } parent ? (parent, info with { Address = 0, Line = 0, Column = 0 }) : info with { Address = 0, Line = 0, Column = 0 };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void WriteLine(string line)
    {
        _writer.WriteProfileText(line);
        _writer.WriteLine();
    }

    /// <summary>Names are written once, and after that their number stands for them.</summary>
    private sealed class NameNumbers
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

        public string this[string name]
        {
            get
            {
                if (name.Length == 0)
                    return "";

                if (_numbers.TryGetValue(name, out int number))
                    return Invariant($"({number})");

                _numbers.Add(name, _numbers.Count + 1);
                return Invariant($"({_numbers.Count}) {name}");
            }
        }
    }
}
