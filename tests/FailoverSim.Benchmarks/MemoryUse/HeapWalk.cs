using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ConstrainedExecution;

namespace FailoverSim.Benchmarks.MemoryUse;

/// <summary>Bytes of all objects that can be reached from one, as the runtime lays them out, and of memory blocks that they hold beside the heap.</summary>
internal sealed class HeapWalk
{
    private static readonly Dictionary<Type, FieldInfo[]> FieldsOfType = [];

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>What was not counted by an earlier call on this walk.</summary>
    public long NewBytesFrom(object? root)
    {
        long bytes = 0;
        Stack<object> open = [];
        Meet(root, open);
        while (open.TryPop(out object? next))
        {
            bytes += SizeOf(next);
            if (next is Array array)
            {
                if (MayRefer(array.GetType().GetElementType()!))
                {
                    foreach (object? item in array)
                    {
                        Meet(item, open);
                    }
                }
                continue;
            }
            FollowFields(next, open);
        }
        return bytes;
    }

    private void Meet(object? value, Stack<object> open)
    {
        if (value is null or Type or Pointer)
        {
            return;
        }
        if (value.GetType().IsValueType)
        {
            // A copy in a box: not on the heap itself, but what it refers to is.
            FollowFields(value, open);
        }
        else if (_seen.Add(value))
        {
            open.Push(value);
        }
    }

    private void FollowFields(object holder, Stack<object> open)
    {
        foreach (FieldInfo field in FieldsOf(holder.GetType()))
        {
            Meet(field.GetValue(holder), open);
        }
    }

    /// <summary>The first words of a type's table: size of an element, then of the rest.</summary>
    private static unsafe long SizeOf(object value)
    {
        byte* table = (byte*)value.GetType().TypeHandle.Value;
        long elements = value switch
        {
            string text => text.Length,
            Array array => array.LongLength,
            _ => 0,
        };
        return ((*(uint*)(table + sizeof(uint)) + elements * *(ushort*)table + 7) & ~7L) + BesideTheHeap(value);
    }

    /// <summary>The engine's MemoryBlock says in a field how much it holds.</summary>
    private static long BesideTheHeap(object value) => value is CriticalFinalizerObject
        && value.GetType().GetField("_size", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(value) is nuint size ? (long)size : 0;

    private static FieldInfo[] FieldsOf(Type type)
    {
        if (!FieldsOfType.TryGetValue(type, out FieldInfo[]? fields))
        {
            List<FieldInfo> all = [];
            for (Type? t = type; t is not null; t = t.BaseType)
            {
                const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                all.AddRange(t.GetFields(Own).Where(f => MayRefer(f.FieldType)));
            }
            FieldsOfType.Add(type, fields = [.. all]);
        }
        return fields;
    }

    private static bool MayRefer(Type type) =>
        !type.IsPrimitive && !type.IsEnum && !type.IsPointer
        && (!type.IsValueType || (bool)typeof(RuntimeHelpers).GetMethod(nameof(RuntimeHelpers.IsReferenceOrContainsReferences))!.MakeGenericMethod(type).Invoke(null, null)!);
}
