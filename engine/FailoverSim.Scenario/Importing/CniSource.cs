namespace FailoverSim.Scenario.Importing;

/// <summary>The agents of the pod networks that the language knows, by their DaemonSets.</summary>
internal static class CniSource
{
    public static void Take(Fields template, Dump dump)
    {
        foreach (Fields container in template.Map("spec").Maps("containers"))
        {
            string image = (container.Text("image") ?? "").Split('@')[0];
            if (image.Contains("calico/node", StringComparison.Ordinal) || container.Text("name") == "calico-node")
            {
                Dictionary<string, string> variables = new(StringComparer.Ordinal);
                foreach (Fields variable in container.Maps("env").Where(variable => variable.Has("name")))
                {
                    variables[variable.Text("name") ?? ""] = variable.Text("value") ?? "";
                }
                string backend = variables.GetValueOrDefault("CALICO_NETWORKING_BACKEND", "");
                if (backend == "none")
                {
                    // Calico keeps the policies, and another, such as flannel in canal, the routes.
                    continue;
                }
                string mode = backend == "vxlan" || Uses("CALICO_IPV4POOL_VXLAN") ? "vxlan"
                    : Uses("CALICO_IPV4POOL_IPIP") ? "ipip" : "bgp";
                dump.IsCalicoModeAssumed = backend.Length == 0
                    && !variables.ContainsKey("CALICO_IPV4POOL_VXLAN") && !variables.ContainsKey("CALICO_IPV4POOL_IPIP");
                dump.Settings.Add("cni.kind", "calico", "DaemonSet", container.Mark);
                dump.Settings.Add("cni.mode", mode, backend == "vxlan" ? "CALICO_NETWORKING_BACKEND" : "CALICO_IPV4POOL_IPIP and _VXLAN", container.Mark);
                dump.Versions.Add(Catalogue.Products.Calico, image[(image.LastIndexOf(':') + 1)..], 1);

                bool Uses(string variable) => variables.TryGetValue(variable, out string? value) && value is not ("" or "Never");
            }
            else if (container.Text("name") == "kube-flannel")
            {
                dump.Settings.Add("cni.kind", "flannel", "DaemonSet", container.Mark);
                dump.Settings.Add("cni.mode", "vxlan", "flannel's usual backend", container.Mark);
            }
        }
    }
}
