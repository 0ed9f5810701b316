using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Plumb.Web.Security;

/// <summary>
/// A secret of a server, a new one each time. Its address holds one: whoever can open a socket to this machine, or lure its browser, does not know
/// it. It is the first part of the path, so that everything the page asks for has it, and no other site can be told it by a cookie.
/// </summary>
internal sealed class AccessKey
{
    private const int Bytes = 16;

    private readonly byte[] _utf8;

    private AccessKey(string text)
    {
        Text = text;
        _utf8 = Encoding.ASCII.GetBytes(text);
    }

    public string Text { get; }

    public static AccessKey New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Compares in a time that does not tell how much was right.</summary>
    public bool Matches(string offered) => CryptographicOperations.FixedTimeEquals(_utf8, Encoding.UTF8.GetBytes(offered));
}
