using System.Globalization;

namespace Plumb.Benchmarks.Web;

/// <summary>What was measured of one program, printed as it comes: whoever waits for minutes sees where it is.</summary>
/// <param name="program">Its name, as it is printed.</param>
internal sealed class WebFigures(string program)
{
    private readonly Dictionary<WebFigure, double> _values = [];

    /// <summary>Why something could not be measured.</summary>
    public List<string> Notes { get; } = [];

    public double? this[WebFigure figure] => _values.TryGetValue(figure, out double value) ? value : null;

    public void Add(WebFigure figure, double value)
    {
        _values[figure] = value;
        Console.WriteLine($"{program}: {figure.What}: {Text(figure)}");
    }

    public void Note(string note)
    {
        Notes.Add(note);
        Console.WriteLine($"{program}: {note}");
    }

    public string Text(WebFigure figure) => this[figure]?.ToString(figure.Format, CultureInfo.InvariantCulture) ?? "–";
}
