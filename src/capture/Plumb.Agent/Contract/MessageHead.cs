using System.Runtime.InteropServices;

namespace Plumb.Agent.Contract;

/// <summary>
/// struct msghdr of 64-bit systems, with which a descriptor is passed. Where musl has 32-bit lengths it pads them, so that the layout is the
/// same for small ones.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHead
{
    /// <summary>SOL_SOCKET.</summary>
    public const int SocketLevel = 1;

    public nint Name;
    public nint NameLength;
    public MessagePart* Parts;
    public nint PartCount;
    public DescriptorMessage* Control;
    public nint ControlLength;
    public int Flags;
}

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessagePart
{
    public void* Start;
    public nint Length;
}

/// <summary>struct cmsghdr with one descriptor behind it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DescriptorMessage
{
    /// <summary>SCM_RIGHTS.</summary>
    public const int Descriptors = 1;

    /// <summary>All but what aligns a message that would come behind it.</summary>
    public static nint UsedBytes => sizeof(DescriptorMessage) - sizeof(int);

    public nint Length;
    public int Level;
    public int Type;
    public int Descriptor;
    public int Padding;
}
