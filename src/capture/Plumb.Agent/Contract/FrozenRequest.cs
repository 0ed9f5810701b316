using System.Runtime.InteropServices;

namespace Plumb.Agent.Contract;

/// <summary>
/// What the frozen copy of a process is asked over its socket. Every answer is a number of bytes (32 bits) and so many bytes; that
/// to <see cref="Walk"/> is several such pieces, the last one empty.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct FrozenRequest
{
    /// <summary>
    /// The objects whose class is, or derives from, one of the classes that follow (Count numbers of 64 bits). Each is an
    /// <see cref="ObjectRow"/> and its bytes, up to <see cref="MaxObjectBytes"/>.
    /// </summary>
    public const int Walk = 1;

    /// <summary>Count bytes at Argument, at most <see cref="MaxReadBytes"/>; none where there is no memory.</summary>
    public const int Read = 2;

    /// <summary>The class Argument: a <see cref="ClassRow"/>, its type arguments (64 bits each), its fields (token and offset). Nothing when it is none.</summary>
    public const int Class = 3;

    /// <summary>The path of the module Argument in UTF-16.</summary>
    public const int Module = 4;

    /// <summary>How many objects there are of each class: a <see cref="TypeCountRow"/> for each, in pieces as of <see cref="Walk"/>.</summary>
    public const int Types = 5;

    /// <summary>The method whose code is at Argument: a <see cref="FunctionRow"/>. Nothing when there is none, or it has no metadata.</summary>
    public const int Function = 6;

    /// <summary>What an object's first word has of its class: the collector keeps marks in the lowest bits.</summary>
    public const int ClassMask = ~7;

    public const int MaxReadBytes = 4096;
    public const int MaxObjectBytes = 1024;
    public const int MaxClasses = 64;

    public int Operation;
    public int Count;
    public long Argument;
}

[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct ObjectRow
{
    public long Address;
    public long Class;

    /// <summary>Of the bytes that follow.</summary>
    public int Bytes;
    public int Reserved;
}

[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct ClassRow
{
    public long Module;

    /// <summary>0 for none.</summary>
    public long Parent;
    public int Token;
    public int Arguments;
    public int Fields;

    /// <summary>Dimensions of an array, whose only type argument is that of its elements; 0 for all else.</summary>
    public int Rank;
}

[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct FunctionRow
{
    public long Module;
    public int Token;
    public int Reserved;
}

[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct TypeCountRow
{
    /// <summary>0: all classes that found no room.</summary>
    public long Class;
    public long Objects;
    public long Bytes;
}

/// <summary>Why a process was not frozen.</summary>
internal enum FreezeFault
{
    None = 0,
    NotSampling = 1,
    RuntimeTooOld = 2,
    NotSuspended = 3,
    NotForked = 4,
}
