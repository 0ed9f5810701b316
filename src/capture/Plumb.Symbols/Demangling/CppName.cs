using System.Text;

namespace Plumb.Symbols.Demangling;

/// <summary>Makes C++ signatures short: <c>int ns::f&lt;int&gt;(int) const</c> becomes <c>ns::f</c>.</summary>
internal sealed class CppName
{
    private const string Clone = " [clone ";
    private const string Anonymous = "(anonymous namespace)";
    private const string Operator = "operator";

    // Longest first, where one begins with another.
    private static readonly string[] OperatorSigns =
        ["()", "[]", "<<=", ">>=", "<=>", "->*", "<<", ">>", "<=", ">=", "->", "<", ">", "==", "!=", "&&", "||", "++", "--", ","];

    // What is said of a name before it, instead of a return type.
    private static readonly string[] Descriptions =
    [
        "vtable for ", "VTT for ", "typeinfo for ", "typeinfo name for ", "construction vtable for ", "guard variable for ", "reference temporary for ",
        "non-virtual thunk to ", "virtual thunk to ", "covariant return thunk to ", "TLS init function for ", "TLS wrapper function for ",
    ];

    private static readonly string[] Qualifiers = [" const", " volatile", " &&", " &", " noexcept"];

    private readonly string _name;
    private readonly bool _keepsTemplates;
    private readonly StringBuilder _shown = new();
    private int _at;
    private int _start;

    private CppName(string name, bool keepsTemplates)
    {
        _name = name;
        _keepsTemplates = keepsTemplates;
    }

    public static string Simplify(string name, bool keepTemplates)
    {
        foreach (string description in Descriptions)
        {
            if (name.StartsWith(description, StringComparison.Ordinal))
                return description + Simplify(name[description.Length..], keepTemplates);
        }

        return new CppName(name, keepTemplates).Run();
    }

    /// <summary>Without the names of the compiler's copies of the function.</summary>
    public static string WithoutClones(string name)
    {
        int clone = name.IndexOf(Clone, StringComparison.Ordinal);
        return clone < 0 ? name : name[..clone];
    }

    private string Run()
    {
        while (_at < _name.Length)
        {
            if (Is(Anonymous))
                Keep(Anonymous.Length);
            else if (IsOperator())
                KeepOperator();
            else
                Step(_name[_at]);
        }

        string shown = _shown.ToString(_start, _shown.Length - _start).Trim();
        return shown.Length > 0 ? shown : _name;
    }

    private void Step(char c)
    {
        switch (c)
        {
            case '(':
                Skip('(', ')');
                SkipQualifiers();
                break;
            case '<' when !_keepsTemplates:
                Skip('<', '>');
                break;
            case '<':
                KeepGroup('<', '>');
                break;
            case '{':
                KeepGroup('{', '}');
                break;
            case ' ':
                // What was before is a return type.
                Keep(1);
                _start = _shown.Length;
                break;
            default:
                Keep(1);
                break;
        }
    }

    private bool Is(string text) => string.CompareOrdinal(_name, _at, text, 0, text.Length) == 0;

    private bool IsOperator()
    {
        int end = _at + Operator.Length;
        return Is(Operator) && end < _name.Length && !IsWord(_name[end]) && (_at == 0 || !IsWord(_name[_at - 1]));
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private void KeepOperator()
    {
        Keep(Operator.Length);
        if (_name[_at] != ' ')
        {
            string? sign = Array.Find(OperatorSigns, Is);
            Keep(sign?.Length ?? 1);
            // "operator< <int>": the space keeps the sign and the arguments apart.
            if (Is(" <"))
                _at++;

            return;
        }

        // A conversion, new or delete: all up to the parameters is its name.
        while (_at < _name.Length && _name[_at] != '(')
        {
            if (_name[_at] == '<' && !_keepsTemplates)
                Skip('<', '>');
            else
                Keep(1);
        }
    }

    private void Keep(int count)
    {
        count = Math.Min(count, _name.Length - _at);
        _shown.Append(_name, _at, count);
        _at += count;
    }

    private void KeepGroup(char open, char close)
    {
        int start = _at;
        Skip(open, close);
        _shown.Append(_name, start, _at - start);
    }

    // Behind what opens here, or at the end when nothing closes it.
    private void Skip(char open, char close)
    {
        int depth = 0;
        for (; _at < _name.Length; _at++)
        {
            char c = _name[_at];
            if (c == open)
                depth++;
            else if (c == close && !(c == '>' && _name[_at - 1] == '-') && --depth == 0)
                break;
        }

        _at = Math.Min(_at + 1, _name.Length);
    }

    private void SkipQualifiers()
    {
        while (Array.Find(Qualifiers, Is) is { } qualifier)
            _at += qualifier.Length;
    }
}
