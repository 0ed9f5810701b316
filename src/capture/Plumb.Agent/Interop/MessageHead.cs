using System.Runtime.InteropServices;

namespace Plumb.Agent.Interop;

/// <summary>struct msghdr of 64-bit systems. Where musl has 32-bit lengths it pads them, so that the layout is the same for small ones.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHead
{
    public nint Name;
    public nint NameLength;
    public MessagePart* Parts;
    public nint PartCount;
    public void* Control;
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
internal struct DescriptorMessage
{
    public nint Length;
    public int Level;
    public int Type;
    public int Descriptor;
    public int Padding;
}
