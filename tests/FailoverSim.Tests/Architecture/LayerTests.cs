using System.Reflection;
using FailoverSim.Kernel.Components;
using Xunit;

namespace FailoverSim.Tests.Architecture;

public class LayerTests
{
    private static readonly string[] Layers =
    [
        "FailoverSim.Kernel", "FailoverSim.Models", "FailoverSim.Scenario", "FailoverSim.Analysis", "FailoverSim.Reporting", "FailoverSim.Library", "failoversim",
    ];

    [Fact]
    public void Layers_refer_downwards_only()
    {
        for (int i = 0; i < Layers.Length; i++)
        {
            IEnumerable<string?> references = Assembly.Load(Layers[i]).GetReferencedAssemblies().Select(a => a.Name);
            Assert.Empty(references.Intersect(Layers[i..]));
        }
    }

    [Fact]
    public void Kernel_depends_on_the_framework_alone()
    {
        IEnumerable<string?> foreign = Assembly.Load("FailoverSim.Kernel").GetReferencedAssemblies().Select(a => a.Name)
            .Where(name => !name!.StartsWith("System.", StringComparison.Ordinal));
        Assert.Empty(foreign);
    }

    [Fact]
    public void Components_keep_all_that_changes_in_registered_state()
    {
        List<string> offences = [];
        foreach (Type component in Layers.SelectMany(layer => Assembly.Load(layer).GetTypes())
            .Where(t => t.IsSubclassOf(typeof(Component))))
        {
            foreach (FieldInfo field in component.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
                .Where(f => f.GetCustomAttribute<WiringAttribute>() is null))
            {
                if (!field.IsInitOnly || field.FieldType.IsArray || IsMutableCollection(field.FieldType))
                {
                    offences.Add($"{component.Name}.{field.Name}: {field.FieldType.Name}");
                }
            }
        }
        Assert.Empty(offences);
    }

    private static bool IsMutableCollection(Type type) =>
        type.IsGenericType && type.Namespace == "System.Collections.Generic" && !type.Name.StartsWith("IReadOnly", StringComparison.Ordinal);
}
